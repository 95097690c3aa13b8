import config from "../../jest.config.mjs";

// Attacks that take too long for every day, and times that hold on a machine that has nothing else to do.
process.env.RAMGRAPH_ATTACKS ??= "7000";

export default {
  ...config,
  rootDir: "../..",
  testMatch: ["<rootDir>/test/attack/**/*.{attack,test}.ts"],
  testTimeout: 3_600_000,
  maxWorkers: 1,
};
