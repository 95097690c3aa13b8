import { base } from "../../jest.config.mjs";

// The same properties many times over; no database.
process.env.RAMGRAPH_SOAK ??= "50";

export default {
  ...base,
  rootDir: "../..",
  testMatch: ["<rootDir>/test/{oracle,properties,consistency}/**/*.test.ts"],
  testTimeout: 3_600_000,
  maxWorkers: 2,
};
