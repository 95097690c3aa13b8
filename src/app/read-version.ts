import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./package-root.js";

/** The package's version. */
export function readVersion(): string {
  const content: unknown = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  return typeof content === "object" && content !== null && "version" in content ? String(content.version) : "unknown";
}
