/** Jest finds the files, shares them out and reports; Node loads them (test/runner/run-natively.mjs). */
export const base = {
  testEnvironment: "node",
  // A busy machine is slow, not wrong: what hangs is found all the same.
  testTimeout: 180_000,
  transform: {},
  testRunner: `${import.meta.dirname}/test/runner/run-natively.mjs`,
};

/** Files whose time goes into starting, killing and starving real processes: `npm run test:processes` runs them. */
export const processes = [
  "test/cli/(backup|doctor|imports)",
  "test/importers/collector/(faults|resume)",
  "test/kills/kills",
  "test/replication/replicas",
  "test/server/(faults|lifecycle|start-together|tracing)",
  "test/store/embedded-postgres",
].map((path) => `<rootDir>/${path}\\.test\\.ts$`);

export default {
  ...base,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/browser/", ...processes],
  globalSetup: "<rootDir>/test/global-setup.mjs",
  globalTeardown: "<rootDir>/test/global-teardown.mjs",
  // One more than the processors of a small machine: a fifth of the time a file waits for a server, a database or a clock.
  maxWorkers: 3,
};
