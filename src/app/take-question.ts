import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, type TypeNode } from "graphql";
import { nearestNames } from "../questions/access/nearest-names.js";
import type { Example } from "./example.js";
import { Failure, UsageRefused } from "./failure.js";
import { packageRoot } from "./package-root.js";
import { readExamples } from "./read-examples.js";

/** A GraphQL request, as it goes to a server. */
export interface Question {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface QuestionSource {
  /** Name of an example of `schema/operations`, or of one operation of the file, or, with a brace in it, a whole GraphQL document. */
  readonly operation: string | undefined;
  /** Path of a GraphQL document. */
  readonly file: string | undefined;
  /** `name=value`, each: the value as JSON where the variable's type wants that, else as it stands. */
  readonly assignments: readonly string[];
}

/**
 * Makes a question of an example's name, a document or a file, and of values for its variables.
 *
 * @throws UsageRefused for an unknown name or variable, or a document beside a file; Failure for a file that cannot be read, or what is
 *   not GraphQL
 */
export async function takeQuestion(source: QuestionSource): Promise<Question> {
  const { query, variables, place, wanted } = await draftOf(source);
  const definition = findOperation(parseQuery(query, place), wanted);
  return {
    query,
    ...(definition.name && { operationName: definition.name.value }),
    variables: { ...variables, ...readAssignments(source.assignments, definition) },
  };
}

interface Draft extends Pick<Question, "query" | "variables"> {
  /** Where the document stands, for errors. */
  readonly place: string;
  /** Which of its operations is meant. */
  readonly wanted: string | undefined;
}

async function draftOf({ operation, file }: QuestionSource): Promise<Draft> {
  const isDocument = operation?.includes("{") ?? false;
  if (operation === undefined || !isDocument) {
    const draft = file === undefined ? await findExample(operation) : await readQuery(file);
    return { ...draft, place: file ?? "the example", wanted: operation };
  }
  if (file !== undefined) throw new UsageRefused("give either a document or --file, not both");
  return { query: operation, variables: {}, place: "the question", wanted: undefined };
}

async function readQuery(file: string): Promise<Pick<Draft, "query" | "variables">> {
  const query = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Failure(`${file}: cannot be read (${error instanceof Error ? error.message : String(error)})`);
  });
  return { query, variables: {} };
}

async function findExample(operation: string | undefined): Promise<Pick<Draft, "query" | "variables">> {
  const examples = await readExamples(join(packageRoot, "schema/operations"));
  const found = examples.find(({ name }) => name.toLowerCase() === operation?.toLowerCase());
  if (found) return found;
  if (operation !== undefined) throw new UsageRefused(explainUnknown(operation, examples));
  const list = examples.map(({ name, description }) => `  ${name}${description === "" ? "" : `: ${description}`}`);
  throw new UsageRefused(["name an operation, or give a document or --file; these are there:", ...list].join("\n"));
}

/** How many names of examples are shown. */
const NEAR = 3;

function explainUnknown(operation: string, examples: readonly Example[]): string {
  const names = examples.map(({ name }) => name);
  const holding = names.filter((name) => name.toLowerCase().includes(operation.toLowerCase()));
  const near = [...new Set([...nearestNames(operation, names, NEAR), ...holding])].slice(0, NEAR);
  const meant = near.length === 0 ? "" : ` (did you mean ${near.map((name) => `\`${name}\``).join(" or ")}?)`;
  return `there is no operation \`${operation}\`${meant}; \`ramgraph ask\` lists those that there are`;
}

function parseQuery(query: string, place: string): DocumentNode {
  try {
    return parse(query);
  } catch (error) {
    throw new Failure(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function findOperation({ definitions }: DocumentNode, wanted: string | undefined): OperationDefinitionNode {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const named = operations.filter(({ name }) => name?.value.toLowerCase() === wanted?.toLowerCase());
  const [only, another] = wanted === undefined ? operations : named;
  if (only && !another) return only;
  const names = operations.map(({ name }) => `\`${name?.value ?? "(no name)"}\``).join(", ");
  throw new UsageRefused(`name one of the operations in the file: ${names}`);
}

function readAssignments(
  assignments: readonly string[],
  { name, variableDefinitions = [] }: OperationDefinitionNode,
): Readonly<Record<string, unknown>> {
  const pairs = assignments.map((assignment) => {
    const [variable = "", ...rest] = assignment.split("=");
    const definition = variableDefinitions.find((candidate) => candidate.variable.name.value === variable);
    if (!assignment.includes("=")) throw new UsageRefused(`\`${assignment}\` is not of the form name=value`);
    if (definition) return [variable, readValue(rest.join("="), definition.type)] as const;
    const known = variableDefinitions.map((candidate) => `\`${candidate.variable.name.value}\``).join(", ");
    const mend = known === "" ? "it has none" : `it has ${known}`;
    throw new UsageRefused(`the operation ${name?.value ?? ""} has no variable \`${variable}\`: ${mend}`);
  });
  return Object.fromEntries(pairs);
}

const numbers: ReadonlySet<string> = new Set(["Int", "Float", "Boolean"]);

/** Text needs no quotes on a command line; only lists, objects, numbers and truth values are read as JSON. */
function readValue(text: string, type: TypeNode): unknown {
  if (type.kind === Kind.NON_NULL_TYPE) return readValue(text, type.type);
  if (text === "null") return null;
  const isList = type.kind === Kind.LIST_TYPE;
  if (!isList && type.name.value === "String") return text;
  const isJson = /^\s*[[{]/.test(text) || (!isList && numbers.has(type.name.value));
  if (!isJson) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageRefused(`\`${text}\` is not JSON, which its type asks for`);
  }
}
