import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as typescript from "@graphql-codegen/typescript";
import * as operations from "@graphql-codegen/typescript-operations";
import { type GraphQLSchema, parse } from "graphql";
import { pageQuery, rootConnections } from "./root-connections.js";
import { runTool } from "./run-tool.js";

/** What a client's JSON parser gives for each scalar of ours. */
const scalars = { ARN: "string", DateTime: "string", JSON: "unknown", URI: "string" };

/** As client authors make them: types of the whole schema, and of one query for each root connection. */
export async function generateTypes(schema: GraphQLSchema, sdl: string): Promise<ReadonlyMap<string, string>> {
  const queries = rootConnections(schema).map((connection) => pageQuery(connection));
  const documents = [{ document: parse(queries.join("\n")), location: "pages.graphql" }];
  const options = {
    schema: parse(sdl),
    // A scalar that is not in the table ends it: no value of the API is left without a type.
    config: { strictScalars: true, scalars, enumsAsTypes: true },
    pluginMap: { typescript, operations },
  };
  const ofSchema = codegen({ ...options, filename: "schema.ts", documents: [], plugins: [{ typescript: {} }] });
  const ofQueries = codegen({ ...options, filename: "pages.ts", documents, plugins: [{ operations: {} }] });
  return new Map([
    ["schema.ts", await ofSchema],
    ["pages.ts", await ofQueries],
  ]);
}

/**
 * @param files texts by name
 * @throws what the compiler prints, when the types do not hold
 */
export async function checkTypes(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const flags = ["--strict", "--noEmit", "--target", "es2022", "--module", "nodenext"];
  await runTool([compiler, ...flags, ...files.keys()], folder);
}
