/**
 * Writes schema/schema.graphql from the code. Run it after every change of the API:
 * `node --import @oxc-node/core/register scripts/emit-schema.mjs`
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildRamgraphSchema } from "../src/app/build-schema.ts";
import { printSortedSchema } from "../src/app/print-schema.ts";

const file = join(import.meta.dirname, "../schema/schema.graphql");
await writeFile(file, printSortedSchema(await buildRamgraphSchema()));
console.log(`wrote ${file}`);
