import type { PolicyDocumentType } from "../policy/document.js";
import type { Finding } from "../policy/finding.js";
import type { JsonNode } from "../policy/json/json-node.js";
import { parseJson } from "../policy/json/parse-json.js";

/** A policy document on its way to be checked. */
export interface FoundDocument {
  /** Path as it was given, or below the folder that was given; `-` is standard input. */
  readonly file: string;
  /** What the document is called where several stand in one file. */
  readonly name?: string;
  /** Line of a file that holds one document a line. */
  readonly line?: number;
  readonly text: string;
  readonly type: PolicyDocumentType;
}

/** A file, or a document in it, with what was found wrong. */
export interface CheckedDocument extends Pick<FoundDocument, "file" | "name" | "line"> {
  readonly findings: readonly Finding[];
}

/**
 * The documents of a JSON text: the text itself, or those that stand in an answer of the API, in a line of JSON Lines or in
 * anything else that holds documents under the names that the API gives them. The kind of a document is told by the elements of
 * its statements. An answer of the API that holds none has nothing to check.
 */
export function findDocuments(file: string, text: string): readonly FoundDocument[] {
  const { node } = parseJson(text);
  if (node === undefined || isDocument(node)) return [foundDocument(file, text, node)];
  const inner = documentsWithin(node);
  if (inner.length === 0) return isAnswer(node) ? [] : [foundDocument(file, text, node)];
  return inner.map(({ name, text: own }) => ({
    ...foundDocument(file, own, parseJson(own).node),
    ...(name !== undefined && { name }),
  }));
}

/** The documents of JSON Lines, each line read by itself. */
export function findDocumentLines(file: string, text: string): readonly FoundDocument[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      line.trim() === "" ? [] : findDocuments(file, line).map((found) => ({ ...found, line: index + 1 })),
    );
}

function foundDocument(file: string, text: string, node: JsonNode | undefined): FoundDocument {
  return { file, text, type: node === undefined ? "IDENTITY" : recogniseType(node) };
}

function isDocument(node: JsonNode): boolean {
  return node.type === "object" && node.members.some(({ key }) => /^(?:statement|version)$/i.test(key));
}

function isAnswer(node: JsonNode): boolean {
  if (node.type !== "object") return false;
  return node.members.some(({ key, value }) => key === "RequestId" || isAnswer(value));
}

const DOCUMENT_NAMES: ReadonlySet<string> = new Set([
  "document",
  "Document",
  "PolicyDocument",
  "AssumeRolePolicyDocument",
]);
const NAMES: ReadonlySet<string> = new Set(["name", "PolicyName", "RoleName"]);

/** Documents anywhere in a value, with the nearest name around them. */
function documentsWithin(node: JsonNode, around?: string): readonly Pick<FoundDocument, "name" | "text">[] {
  if (node.type === "array") return node.items.flatMap((item) => documentsWithin(item, around));
  if (node.type !== "object") return [];
  const named = node.members.find(({ key }) => NAMES.has(key))?.value;
  const name = named?.type === "string" ? named.value : around;
  return node.members.flatMap(({ key, value }) => {
    if (!DOCUMENT_NAMES.has(key)) return documentsWithin(value, name);
    const text = value.type === "string" ? value.value : printJson(value);
    return [{ ...(name !== undefined && { name }), text }];
  });
}

/** Keys that stand twice are kept, and numbers as they are written. */
function printJson(node: JsonNode): string {
  switch (node.type) {
    case "object": {
      const members = node.members.map(({ key, value }) => `${JSON.stringify(key)}:${printJson(value)}`);
      return `{${members.join()}}`;
    }
    case "array":
      return `[${node.items.map(printJson).join()}]`;
    case "number":
      return node.raw;
    default:
      return JSON.stringify(node.value);
  }
}

function recogniseType(node: JsonNode): PolicyDocumentType {
  const list = memberOf(node, ["Statement"]);
  const statements = list?.type === "array" ? list.items : list === undefined ? [] : [list];
  const naming = statements.filter((statement) => memberOf(statement, ["Principal", "NotPrincipal"]));
  if (naming.length === 0) return "IDENTITY";
  return naming.some((statement) => memberOf(statement, ["Resource", "NotResource"])) ? "RESOURCE" : "TRUST";
}

function memberOf(node: JsonNode, keys: readonly string[]): JsonNode | undefined {
  return node.type === "object" ? node.members.find(({ key }) => keys.includes(key))?.value : undefined;
}
