import { resolve } from "node:path";
import type { Config } from "../app/config.js";
import { packageRoot } from "../app/package-root.js";

/** A command as one types it in another terminal, where the settings of this one may be missing. */
export function describeCommand(command: string, origin: string, { databaseUrl, dataDir }: Config): string {
  const program = packageRoot.includes("node_modules") ? "npx ramgraph" : "npm run -s ramgraph --";
  const isPlain = databaseUrl === undefined && dataDir === resolve(".ramgraph");
  return `${program} ${command}${isPlain ? "" : ` --url ${origin}`}`;
}
