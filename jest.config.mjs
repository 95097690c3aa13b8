/** Every test file runs as an ES module, transformed by swc with the decorator metadata that TypeORM and type-graphql read. */
export const base = {
  testEnvironment: "node",
  // A busy machine is slow, not wrong: what hangs is found all the same.
  testTimeout: 180_000,
  extensionsToTreatAsEsm: [".ts"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        module: { type: "es6" },
        sourceMaps: "inline",
        jsc: {
          target: "es2022",
          keepClassNames: true,
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
        },
      },
    ],
  },
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
  maxWorkers: 2,
};
