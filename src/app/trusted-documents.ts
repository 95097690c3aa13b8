import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { GraphQLError, type GraphQLSchema, Kind, parse, validate } from "graphql";
import type { Example } from "./example.js";
import { ConfigurationRefused } from "./failure.js";

/** A document that clients may name instead of sending it. */
export interface TrustedDocument {
  /** Of its text in UTF-8, as `sha256sum` prints it. */
  readonly sha256: string;
  readonly text: string;
  /** Names of its operations. */
  readonly operations: readonly string[];
  /** Undefined for the shipped ones. */
  readonly file: string | undefined;
}

/** All that are trusted, by `sha256`. Nothing is added while a server runs. */
export type TrustedDocuments = ReadonlyMap<string, TrustedDocument>;

/**
 * Reads the documents of the operator beside the shipped examples.
 *
 * @param folder absolute, with `*.graphql` files; undefined when there is none
 * @throws ConfigurationRefused naming each file that cannot be read or that the schema does not answer, and where
 */
export async function readTrustedDocuments(
  schema: GraphQLSchema,
  examples: readonly Example[],
  folder: string | undefined,
): Promise<TrustedDocuments> {
  const shipped = examples.map(({ name, query }) => toDocument(query, [name], undefined));
  const own = folder === undefined ? [] : await readFolder(schema, folder);
  return new Map([...own, ...shipped].map((document) => [document.sha256, document]));
}

async function readFolder(schema: GraphQLSchema, folder: string): Promise<readonly TrustedDocument[]> {
  const files = await readdir(folder).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationRefused([`\`RAMGRAPH_TRUSTED_DOCUMENTS\` names a folder that cannot be read: ${reason}`]);
  });
  const names = files.filter((name) => name.endsWith(".graphql")).sort();
  const readings = await Promise.all(names.map((name) => readDocument(schema, join(folder, name))));
  const problems = readings.flatMap((reading) => ("problems" in reading ? reading.problems : []));
  if (problems.length > 0) throw new ConfigurationRefused(problems);
  return readings.flatMap((reading) => ("problems" in reading ? [] : [reading]));
}

async function readDocument(
  schema: GraphQLSchema,
  file: string,
): Promise<TrustedDocument | { readonly problems: readonly string[] }> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(file));
    const document = parse(text);
    const errors = validate(schema, document);
    if (errors.length > 0) return { problems: errors.map((error) => describe(file, error)) };
    const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return toDocument(
      text,
      operations.flatMap((operation) => ("name" in operation && operation.name ? [operation.name.value] : [])),
      file,
    );
  } catch (error) {
    return { problems: [describe(file, error)] };
  }
}

function toDocument(text: string, operations: readonly string[], file: string | undefined): TrustedDocument {
  return { sha256: createHash("sha256").update(text).digest("hex"), text, operations, file };
}

function describe(file: string, error: unknown): string {
  const [place] = error instanceof GraphQLError ? (error.locations ?? []) : [];
  const where = place === undefined ? file : `${file}:${place.line}:${place.column}`;
  return `${where}: ${error instanceof Error ? error.message : String(error)}`;
}
