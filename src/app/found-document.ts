import type { PolicyDocumentType } from "../policy/document.js";
import type { Finding } from "../policy/finding.js";
import type { JsonNode } from "../policy/json/json-node.js";
import { parseJson } from "../policy/json/parse-json.js";
import { type Place, placesIn } from "../policy/json/place.js";

/** A policy document on its way to be checked. */
export interface FoundDocument {
  /** Path as it was given, or below the folder that was given; `-` is standard input. */
  readonly file: string;
  /** What the document is called where several stand in one file. */
  readonly name?: string;
  readonly text: string;
  readonly type: PolicyDocumentType;
  /** Kept by the cloud. */
  readonly isProvided?: boolean;
  /** Where it begins in the file; absent for what an export or a page was read into. */
  readonly start?: Place;
  /** True where it stands in the file as a string, so that places within it are no places of the file. */
  readonly isQuoted?: boolean;
}

/** A file, or a document in it, with what was found wrong. */
export interface CheckedDocument extends Pick<FoundDocument, "file" | "name"> {
  /** Line that the document begins in, where several stand in one file. */
  readonly line?: number;
  /** Lines and columns are those of the file; absent where they cannot be told. */
  readonly findings: readonly Finding[];
}

/**
 * The documents of a JSON text: the text itself, or those that stand in an answer of the API, in a line of JSON Lines or in
 * anything else that holds documents under the names that the API gives them. The kind of a document is told by the elements of
 * its statements. An answer of the API that holds none has nothing to check.
 */
export function findDocuments(file: string, text: string): readonly FoundDocument[] {
  const { node } = parseJson(text);
  const start = { line: 1, column: 1 };
  if (node === undefined || isDocument(node)) return [{ file, text, type: typeOf(node), start }];
  const inner = documentsWithin(node);
  if (inner.length === 0) return isAnswer(node) ? [] : [{ file, text, type: typeOf(node), start }];
  const placeOf = placesIn(text);
  return inner.map(({ name, node: own }) => {
    const isQuoted = own.type === "string";
    const content = isQuoted ? own.value : sliceOf(text, own);
    const type = typeOf(isQuoted ? parseJson(content).node : own);
    return { file, text: content, type, start: placeOf(own.at), isQuoted, ...(name !== undefined && { name }) };
  });
}

/** The documents of JSON Lines, each line read by itself. */
export function findDocumentLines(file: string, text: string): readonly FoundDocument[] {
  return text.split("\n").flatMap((line, index) => {
    const found = line.trim() === "" ? [] : findDocuments(file, line);
    return found.map((each) => ({ ...each, start: { line: index + 1, column: each.start?.column ?? 1 } }));
  });
}

/** The finding as the file has it. */
export function placeInFile({ start, isQuoted }: FoundDocument, finding: Finding): Finding {
  const { line, column, ...rest } = finding;
  if (start === undefined) return rest;
  if (isQuoted || line === undefined || column === undefined) return { ...rest, ...start };
  return { ...rest, line: start.line + line - 1, column: line === 1 ? start.column + column - 1 : column };
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
function documentsWithin(
  node: JsonNode,
  around?: string,
): readonly { readonly name?: string; readonly node: JsonNode }[] {
  if (node.type === "array") return node.items.flatMap((item) => documentsWithin(item, around));
  if (node.type !== "object") return [];
  const named = node.members.find(({ key }) => NAMES.has(key))?.value;
  const name = named?.type === "string" ? named.value : around;
  return node.members.flatMap(({ key, value }) =>
    DOCUMENT_NAMES.has(key) ? [{ node: value, ...(name !== undefined && { name }) }] : documentsWithin(value, name),
  );
}

/** A value as it stands in the text. */
function sliceOf(text: string, node: JsonNode): string {
  if (node.type === "object" || node.type === "array") return text.slice(node.at, node.end);
  return node.type === "number" ? node.raw : JSON.stringify(node.value);
}

function typeOf(node: JsonNode | undefined): PolicyDocumentType {
  return node === undefined ? "IDENTITY" : recogniseType(node);
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
