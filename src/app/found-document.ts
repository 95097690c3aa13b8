import type { PolicyDocumentType } from "../policy/document.js";
import type { Finding } from "../policy/finding.js";
import type { JsonNode, JsonObject } from "../policy/json/json-node.js";
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

/** The document of a JSON text; its kind is told by the elements of its statements. */
export function findDocument(file: string, text: string): FoundDocument {
  const { node } = parseJson(text);
  return { file, text, type: node === undefined ? "IDENTITY" : recogniseType(node) };
}

/** The documents of JSON Lines: each line is one, or an object with one under `document` beside its `name`. */
export function findDocumentLines(file: string, text: string): readonly FoundDocument[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const { node } = parseJson(line);
    const wrapped = node?.type === "object" ? unwrap(node, line) : undefined;
    return [{ ...findDocument(file, wrapped?.text ?? line), ...wrapped?.named, line: index + 1 }];
  });
}

const wrappers: ReadonlySet<string> = new Set(["document", "Document", "PolicyDocument"]);

function unwrap({ members }: JsonObject, line: string) {
  const index = members.findIndex(({ key }) => wrappers.has(key));
  const node = members[index]?.value;
  if (node === undefined) return undefined;
  const name = members.find(({ key }) => key === "name" || key === "PolicyName")?.value;
  return {
    text: node.type === "string" ? node.value : sliceValue(line, node, members[index + 1]?.keyAt),
    named: name?.type === "string" ? { name: name.value } : {},
  };
}

/** As it is written: parsing and printing it would hide a key that stands twice. */
function sliceValue(line: string, node: JsonNode, nextKeyAt: number | undefined): string {
  return line.slice(node.at, nextKeyAt === undefined ? line.lastIndexOf("}") : line.lastIndexOf(",", nextKeyAt));
}

function recogniseType(node: JsonNode): PolicyDocumentType {
  const list = memberOf(node, ["Statement"]);
  const statements = list?.type === "array" ? list.items : [];
  const naming = statements.filter((statement) => memberOf(statement, ["Principal", "NotPrincipal"]));
  if (naming.length === 0) return "IDENTITY";
  return naming.some((statement) => memberOf(statement, ["Resource", "NotResource"])) ? "RESOURCE" : "TRUST";
}

function memberOf(node: JsonNode, keys: readonly string[]): JsonNode | undefined {
  return node.type === "object" ? node.members.find(({ key }) => keys.includes(key))?.value : undefined;
}
