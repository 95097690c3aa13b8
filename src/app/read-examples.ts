import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type DocumentNode, Kind, parse } from "graphql";
import type { Example } from "./example.js";

/**
 * Reads the named examples of a folder: every `X.graphql` with, where it needs any, its variables in `X.variables.json`.
 * The order is that of the file names, so a number at their head (`10-…`) arranges them.
 *
 * @param folder absolute, e.g. `schema/operations` of the package
 * @throws Error naming the file and the mend, when a file holds no GraphQL or not exactly one named operation, when its
 *   variables are not a JSON object, or when two files name the same operation
 */
export async function readExamples(folder: string): Promise<readonly Example[]> {
  const names = (await readdir(folder)).sort();
  const operations = names.filter((name) => name.endsWith(".graphql"));
  const examples = await Promise.all(operations.map((name) => readExample(folder, name, names)));
  const twice = examples.find((example, index) => examples.findIndex(({ name }) => name === example.name) < index);
  if (twice) throw new Error(`${folder}: two files name their operation \`${twice.name}\`; rename one`);
  return examples;
}

async function readExample(folder: string, file: string, names: readonly string[]): Promise<Example> {
  const path = join(folder, file);
  const query = await readFile(path, "utf8");
  const variablesFile = file.replace(/\.graphql$/, ".variables.json");
  return {
    name: findOperationName(path, parseOperation(path, query)),
    description: readDescription(query),
    query,
    variables: names.includes(variablesFile) ? await readVariables(join(folder, variablesFile)) : {},
  };
}

function parseOperation(path: string, query: string): DocumentNode {
  try {
    return parse(query);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : "not GraphQL"}`, { cause: error });
  }
}

function findOperationName(path: string, document: DocumentNode): string {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const name = operations[0]?.name?.value;
  if (operations.length !== 1 || name === undefined) {
    throw new Error(`${path}: needs exactly one operation, with a name, e.g. \`query WhoCanDelete { … }\``);
  }
  return name;
}

/** The comment lines at the head of the text, as one paragraph. */
function readDescription(query: string): string {
  const lines = query.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith("#"));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^#+\s*/, "").trim())
    .join(" ")
    .trim();
}

async function readVariables(path: string): Promise<Readonly<Record<string, unknown>>> {
  const value: unknown = await readFile(path, "utf8").then((text) => parseJson(path, text));
  if (!isObject(value)) throw new Error(`${path}: must be one JSON object, a value for each variable`);
  return value;
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : "not JSON"}`, { cause: error });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
