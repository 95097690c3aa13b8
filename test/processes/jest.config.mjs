import config, { processes } from "../../jest.config.mjs";

export default {
  ...config,
  rootDir: "../..",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: [
    "/node_modules/",
    `^(?!.*(?:${processes.map((path) => path.replace("<rootDir>", "")).join("|")}))`,
  ],
};
