import { asciiLower } from "./ascii.js";
import type { PolicyDocument, PolicyDocumentType, Statement } from "./document.js";
import type { Reading } from "./finding.js";
import type { JsonMember, JsonNode, JsonProblem } from "./json/json-node.js";
import { pointerStep } from "./json/json-node.js";
import { parseJson } from "./json/parse-json.js";
import { KNOWN_ELEMENTS } from "./parse/element-rules.js";
import { type Notes, notesOn, quote } from "./parse/notes.js";
import { readStatement, unreadableStatement } from "./parse/read-statement.js";

/**
 * Reads a policy document. Never throws; what is wrong is in `findings` with pointer, line and column, and what could
 * not be read is marked in the document, so that a broken Deny is never lost.
 *
 * @param text JSON text, byte for byte as stored
 * @param type decides which elements a statement must have
 */
export function parsePolicy(text: string, type: PolicyDocumentType): Reading<PolicyDocument> {
  const notes = notesOn(text);
  const { node, problems } = parseJson(text);
  for (const problem of problems) notes.add(problemNote(problem));
  const statements =
    node === undefined ? [unreadableDocument(problems)] : readDocument(text, type, node, problems, notes);
  return { value: { type, statements }, findings: notes.findings };
}

function problemNote({ code, message, pointer, at }: JsonProblem) {
  const name = code === "SYNTAX" || code === "TOO_DEEP" ? "NOT_JSON" : code;
  return { code: name, severity: "ERROR" as const, message, pointer, at };
}

function unreadableDocument(problems: readonly JsonProblem[]): Statement {
  return unreadableStatement("", { code: "NOT_JSON", pointer: "", text: problems.at(-1)?.message ?? "" });
}

function readDocument(
  text: string,
  type: PolicyDocumentType,
  node: JsonNode,
  problems: readonly JsonProblem[],
  notes: Notes,
): readonly Statement[] {
  if (node.type !== "object") return [refuse(notes, "DOCUMENT_NOT_AN_OBJECT", "a policy is a JSON object", node)];
  if (problems.some(({ code, pointer }) => code === "DUPLICATE_KEY" && !pointer.slice(1).includes("/"))) {
    return [unreadableStatement("", { code: "DUPLICATE_KEY", pointer: "", text: "" })];
  }
  if (!checkVersion(text, node.members, notes)) {
    return [unreadableStatement("", { code: "UNKNOWN_VERSION", pointer: "/Version", text: "Version" })];
  }
  const strays = checkTopLevel(node.members, notes);
  const statement = node.members.find((member) => member.key === "Statement")?.value;
  if (statement === undefined) return [refuse(notes, "MISSING_STATEMENT", "`Statement` is missing", node)];
  const items = statementNodes(statement, notes);
  if (items === undefined) {
    return [refuse(notes, "STATEMENT_NOT_A_LIST", "`Statement` is not a list", statement, "/Statement")];
  }
  if (items.length === 0) {
    notes.add({
      code: "NO_STATEMENT",
      severity: "ERROR",
      message: "`Statement` is empty",
      pointer: "/Statement",
      at: statement.at,
    });
  }
  const broken = brokenStatements(problems);
  const read = items.map((item, index) => {
    const pointer = statement.type === "array" ? pointerStep("/Statement", index) : "/Statement";
    return readStatement(text, type, item, pointer, broken.has(pointer) || broken.has(""), notes);
  });
  return [...read, ...strays];
}

/** A bare object is read as a list of one; nothing says that RAM takes it, so it is reported. */
function statementNodes(statement: JsonNode, notes: Notes): readonly JsonNode[] | undefined {
  if (statement.type === "array") return statement.items;
  if (statement.type !== "object") return undefined;
  const message = "`Statement` is a bare object, read as a list of one";
  notes.add({ code: "STATEMENT_NOT_A_LIST", severity: "WARNING", message, pointer: "/Statement", at: statement.at });
  return [statement];
}

/** Pointers of the statements in which a key stands twice: JSON readers differ in which of the two they take. */
function brokenStatements(problems: readonly JsonProblem[]): ReadonlySet<string> {
  const broken = new Set<string>();
  for (const { code, pointer } of problems) {
    if (code === "SYNTAX") continue;
    broken.add(/^\/Statement(?:\/\d+)?/.exec(pointer)?.[0] ?? "");
    broken.add("/Statement");
  }
  return broken;
}

/** A grammar of another version would mean something else. Left out or written as a number, `1` is certain enough to read. */
function checkVersion(text: string, members: readonly JsonMember[], notes: Notes): boolean {
  const version = members.find((member) => member.key === "Version");
  if (version === undefined) {
    const message = '`Version` is missing, RAM wants "1"';
    notes.add({ code: "MISSING_VERSION", severity: "ERROR", message, pointer: "", at: 0 });
    return true;
  }
  const { value } = version;
  if (value.type === "string" && value.value === "1") return true;
  const isNumberOne = value.type === "number" && Number(value.raw) === 1;
  notes.add({
    code: "UNKNOWN_VERSION",
    severity: "ERROR",
    message: `version \`${quote(text, value)}\` is not the string \`1\``,
    pointer: "/Version",
    at: value.at,
    ...(isNumberOne ? { suggestion: '"1"' } : {}),
  });
  return isNumberOne;
}

/**
 * Reports elements beside `Version` and `Statement`. One that is known elsewhere or mis-cased was meant to say something
 * (a second list may hold a Deny, a condition may limit them all), and so may one of any name that holds objects
 * (`Statements`): it stands in the document as a statement of which nothing is known.
 */
function checkTopLevel(members: readonly JsonMember[], notes: Notes): readonly Statement[] {
  const strays: Statement[] = [];
  for (const { key, keyAt, value } of members) {
    if (key === "Version" || key === "Statement") continue;
    const pointer = pointerStep("", key);
    const severity = key === "Id" ? ("WARNING" as const) : ("ERROR" as const);
    const message = `unknown element \`${key}\` is left out`;
    notes.add({ code: "UNKNOWN_ELEMENT", severity, message, pointer, at: keyAt });
    if (MEANINGFUL_ELEMENTS.has(asciiLower(key)) || holdsObjects(value)) {
      strays.push(unreadableStatement(pointer, { code: "UNKNOWN_ELEMENT", pointer, text: key }));
    }
  }
  return strays;
}

function holdsObjects(node: JsonNode): boolean {
  return node.type === "object" || (node.type === "array" && node.items.some(holdsObjects));
}

const MEANINGFUL_ELEMENTS = new Set(["Version", "Statement", ...KNOWN_ELEMENTS].map(asciiLower));

function refuse(notes: Notes, code: string, message: string, node: JsonNode, pointer = ""): Statement {
  notes.add({ code, severity: "ERROR", message, pointer, at: node.at });
  return unreadableStatement(pointer, { code, pointer, text: "" });
}
