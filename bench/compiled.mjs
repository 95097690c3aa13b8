/**
 * Runs a script of this folder as the package is compiled: `node bench/compiled.mjs <script.js> …`. What runs from sources by a loader
 * takes longer for the same, for the loader writes private members anew.
 */
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const root = dirname(import.meta.dirname);
const [script] = process.argv.splice(2, 1);
if (script === undefined) throw new Error("name the script to run");
execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", import.meta.dirname]);
await import(pathToFileURL(join(root, "node_modules/.cache/ramgraph-bench/bench", script)).href);
