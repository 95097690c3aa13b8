import config from "../../jest.config.mjs";

/** Everything by way of a pooler that lends connections to one transaction at a time: needs pgbouncer. */
export default {
  ...config,
  rootDir: "../..",
  testMatch: ["<rootDir>/test/pooler/**/*.pooler.ts"],
  testTimeout: 180_000,
  maxWorkers: 1,
};
