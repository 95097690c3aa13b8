import { buildTest, type TestProblem } from "../conditions/build-test.js";
import type { ConditionTest } from "../conditions/condition-test.js";
import { OPERATORS, splitOperatorName } from "../conditions/operators.js";
import type { UnreadablePart } from "../document.js";
import { type JsonMember, type JsonNode, pointerStep } from "../json/json-node.js";
import { certainName } from "../nearest-name.js";
import { type Notes, quote } from "./notes.js";
import { readStrings } from "./read-strings.js";

export interface ReadConditions {
  readonly tests: readonly ConditionTest[];
  readonly unreadable: readonly UnreadablePart[];
}

/** Reads a `Condition` element. An empty one means no condition, as official examples have it. */
export function readConditions(text: string, node: JsonNode, pointer: string, notes: Notes): ReadConditions {
  const tests: ConditionTest[] = [];
  const unreadable: UnreadablePart[] = [];
  for (const operator of membersOf(text, node, pointer, notes, unreadable)) {
    const place = pointerStep(pointer, operator.key);
    if (isEmptyObject(operator.value) && !OPERATORS.has(splitOperatorName(operator.key).name)) {
      unreadable.push(unknownOperator(operator, place, notes));
    }
    for (const key of membersOf(text, operator.value, place, notes, unreadable, operator.key)) {
      const read = readTest(text, operator.key, key, pointerStep(place, key.key), notes);
      if ("identity" in read) tests.push(read);
      else unreadable.push(read);
    }
  }
  return { tests, unreadable };
}

function isEmptyObject(node: JsonNode): boolean {
  return node.type === "object" && node.members.length === 0;
}

/** With keys below it an unknown operator is reported at each of them. */
function unknownOperator({ key, keyAt }: JsonMember, pointer: string, notes: Notes): UnreadablePart {
  const code = "UNKNOWN_OPERATOR";
  const message = problemText({ code }, key);
  notes.add({ code, severity: "ERROR", message, pointer, at: keyAt, ...meantOperator(key) });
  return { code, pointer, text: key, operator: key };
}

/** A mis-cased or misspelt operator has one that was certainly meant. */
function meantOperator(text: string): { readonly suggestion?: string } {
  const name = certainName(text, OPERATORS.keys());
  return name === undefined ? {} : { suggestion: name };
}

function membersOf(
  text: string,
  node: JsonNode,
  pointer: string,
  notes: Notes,
  unreadable: UnreadablePart[],
  operator?: string,
): readonly JsonMember[] {
  if (node.type === "object") return node.members;
  const found = quote(text, node);
  const code = "CONDITION_NOT_AN_OBJECT";
  notes.add({ code, severity: "ERROR", message: `expected an object, found \`${found}\``, pointer, at: node.at });
  unreadable.push({ code, pointer, text: found, ...(operator === undefined ? {} : { operator }) });
  return [];
}

function readTest(
  text: string,
  operator: string,
  { key, keyAt, value }: JsonMember,
  pointer: string,
  notes: Notes,
): ConditionTest | UnreadablePart {
  const strings = readStrings(text, value, pointer, notes);
  if (strings === undefined) return { code: "NOT_A_STRING", pointer, text: quote(text, value), key, operator };
  const note = (code: string, message: string) => notes.add({ code, severity: "WARNING", message, pointer, at: keyAt });
  if (strings.length === 0) note("EMPTY_VALUES", `condition key \`${key}\` has no values`);
  if (splitOperatorName(operator).qualifier !== undefined) {
    note("UNDOCUMENTED_ELEMENT", `set prefix of \`${operator}\` is not documented`);
  }
  if (/^(?:action|resource)$/i.test(key)) note("UNDOCUMENTED_ELEMENT", `condition key \`${key}\` is not documented`);
  const built = buildTest(
    operator,
    key,
    strings.map((string) => string.text),
    pointer,
  );
  if ("identity" in built) return built;
  const meant = built.code === "UNKNOWN_OPERATOR" ? meantOperator(operator) : {};
  notes.add({
    code: built.code,
    severity: "ERROR",
    message: problemText(built, operator),
    pointer,
    at: keyAt,
    ...meant,
  });
  return { code: built.code, pointer, text: "value" in built ? built.value : operator, key, operator };
}

function problemText(problem: TestProblem, operator: string): string {
  switch (problem.code) {
    case "UNKNOWN_OPERATOR":
      return `unknown condition operator \`${operator}\``;
    case "QUALIFIER_NOT_SUPPORTED":
      return `a set prefix is not known for \`${operator}\``;
    case "UNREADABLE_VALUE":
      return `value \`${problem.value}\` cannot be read by \`${operator}\``;
  }
}
