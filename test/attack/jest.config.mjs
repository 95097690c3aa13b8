import config from "../../jest.config.mjs";

// Attacks that take too long for every day, and times that hold on a machine that has nothing else to do.
export default {
  ...config,
  rootDir: "../..",
  testMatch: ["<rootDir>/test/attack/**/*.attack.ts"],
  testTimeout: 3_600_000,
  maxWorkers: 1,
};
