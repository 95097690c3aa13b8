import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, type TypeNode } from "graphql";
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
  /** Name of an example of `schema/operations`, or of one operation of the file. */
  readonly operation: string | undefined;
  /** Path of a GraphQL document. */
  readonly file: string | undefined;
  /** `name=value`, each: the value as JSON where the variable's type wants that, else as it stands. */
  readonly assignments: readonly string[];
}

/**
 * Makes a question of an example's name or a file, and of values for its variables.
 *
 * @throws UsageRefused for an unknown name or variable, Failure for a file that cannot be read
 */
export async function takeQuestion({ operation, file, assignments }: QuestionSource): Promise<Question> {
  const { query, variables } = file === undefined ? await findExample(operation) : await readQuery(file);
  const definition = findOperation(parseQuery(query, file), operation);
  return {
    query,
    ...(definition.name && { operationName: definition.name.value }),
    variables: { ...variables, ...readAssignments(assignments, definition) },
  };
}

type Draft = Pick<Question, "query" | "variables">;

async function readQuery(file: string): Promise<Draft> {
  const query = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Failure(`${file}: cannot be read (${error instanceof Error ? error.message : String(error)})`);
  });
  return { query, variables: {} };
}

async function findExample(operation: string | undefined): Promise<Draft> {
  const examples = await readExamples(join(packageRoot, "schema/operations"));
  const found = examples.find(({ name }) => name.toLowerCase() === operation?.toLowerCase());
  if (found) return found;
  const problem =
    operation === undefined ? "name an operation, or give --file" : `there is no operation \`${operation}\``;
  const list = examples.map(({ name, description }) => `  ${name}${description === "" ? "" : `: ${description}`}`);
  throw new UsageRefused([`${problem}; these are there:`, ...list].join("\n"));
}

function parseQuery(query: string, file = "the example"): DocumentNode {
  try {
    return parse(query);
  } catch (error) {
    throw new Failure(`${file}: ${error instanceof Error ? error.message : String(error)}`);
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
