import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runTool } from "./run-tool.js";

/** @throws what the linter prints, when the schema in this file breaks a rule of eslint.config.mjs */
export async function lintSchema(file: string): Promise<void> {
  const eslint = join(dirname(createRequire(import.meta.url).resolve("eslint/package.json")), "bin/eslint.js");
  const config = join(import.meta.dirname, "eslint.config.mjs");
  await runTool([eslint, "-c", config, file], dirname(file), { SCHEMA_FILE: file });
}
