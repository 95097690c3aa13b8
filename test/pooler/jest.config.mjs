import config from "../../jest.config.mjs";

/** Everything by way of a pooler that lends connections to one transaction at a time: needs pgbouncer. */
export default {
  ...config,
  rootDir: "../..",
  testMatch: ["<rootDir>/test/pooler/**/*.pooler.ts"],
  maxWorkers: 1,
};
