import config from "../../jest.config.mjs";

// The same properties many times over, and what takes too long for every day.
process.env.RAMGRAPH_SOAK ??= "50";

export default {
  ...config,
  rootDir: "../..",
  testMatch: ["<rootDir>/test/{oracle,properties,consistency}/**/*.test.ts", "<rootDir>/test/soak/**/*.soak.ts"],
  testTimeout: 3_600_000,
  maxWorkers: 2,
};
