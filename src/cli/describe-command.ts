import { resolve } from "node:path";
import { PROGRAM } from "../app/as-typed.js";
import type { Config } from "../app/config.js";

/** A command as one types it in another terminal, where the settings of this one may be missing. */
export function describeCommand(
  command: string,
  origin: string,
  { databaseUrl, dataDir }: Pick<Config, "databaseUrl" | "dataDir">,
): string {
  const isPlain = databaseUrl === undefined && dataDir === resolve(".ramgraph");
  return `${PROGRAM} ${command}${isPlain ? "" : ` --url ${origin}`}`;
}
