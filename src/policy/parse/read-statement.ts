import type { ActionPattern } from "../action-pattern.js";
import type { PatternElement, PolicyDocumentType, Statement, UnreadablePart } from "../document.js";
import type { JsonMember, JsonNode, JsonObject } from "../json/json-node.js";
import { pointerStep } from "../json/json-node.js";
import { certainName } from "../nearest-name.js";
import { IGNORED_ELEMENTS, KNOWN_ELEMENTS, PRINCIPAL_RULE, RESOURCE_RULE } from "./element-rules.js";
import { type Notes, quote } from "./notes.js";
import { readConditions } from "./read-conditions.js";
import { readActionPatterns, readResourcePatterns } from "./read-patterns.js";
import { readPrincipals } from "./read-principals.js";
import { type PlacedString, readStrings } from "./read-strings.js";

/** What the readers of the elements share. */
interface Reading {
  readonly text: string;
  readonly type: PolicyDocumentType;
  readonly statement: JsonObject;
  readonly pointer: string;
  readonly notes: Notes;
  readonly unreadable: UnreadablePart[];
}

/** Reads one statement. What must not be guessed is reported and marked unreadable; the rest is read all the same. */
export function readStatement(
  text: string,
  type: PolicyDocumentType,
  node: JsonNode,
  pointer: string,
  hasRepeatedKeys: boolean,
  notes: Notes,
): Statement {
  if (node.type !== "object") {
    const found = quote(text, node);
    const code = "STATEMENT_NOT_AN_OBJECT";
    notes.add({ code, severity: "ERROR", message: `expected a statement, found \`${found}\``, pointer, at: node.at });
    return unreadableStatement(pointer, { code, pointer, text: found });
  }
  if (hasRepeatedKeys) return unreadableStatement(pointer, { code: "DUPLICATE_KEY", pointer, text: "" });
  const reading: Reading = { text, type, statement: node, pointer, notes, unreadable: [] };
  rejectUnknownElements(reading);
  const effect = readEffect(reading);
  const actions = withoutBlanks(reading, effect, readElement(reading, "Action", "NotAction", true, readActionPatterns));
  const resources = readElement(
    reading,
    "Resource",
    "NotResource",
    RESOURCE_RULE[type] === "REQUIRED",
    readResourcePatterns,
  );
  const principals = readPrincipalElement(reading);
  const condition = find(reading, "Condition");
  const place = pointerStep(pointer, "Condition");
  const conditions = condition === undefined ? undefined : readConditions(text, condition.value, place, notes);
  reading.unreadable.push(...(conditions?.unreadable ?? []));
  return {
    pointer,
    effect,
    actions: actions ?? "UNREADABLE",
    resources: resources ?? "UNREADABLE",
    ...(principals === undefined ? {} : { principals }),
    conditions: conditions?.tests ?? [],
    unreadable: reading.unreadable,
  };
}

/** A statement of which nothing is known: it may allow or deny anything. */
export function unreadableStatement(pointer: string, part: UnreadablePart): Statement {
  return {
    pointer,
    effect: "UNREADABLE",
    actions: "UNREADABLE",
    resources: "UNREADABLE",
    principals: "UNREADABLE",
    conditions: [],
    unreadable: [part],
  };
}

function find({ statement }: Reading, key: string): JsonMember | undefined {
  return statement.members.find((member) => member.key === key);
}

/** A misspelt `condition` would widen a grant if it were passed over, so an unknown element leaves the statement open. */
function rejectUnknownElements(reading: Reading): void {
  for (const { key, keyAt } of reading.statement.members) {
    if (KNOWN_ELEMENTS.has(key)) continue;
    const pointer = pointerStep(reading.pointer, key);
    if (IGNORED_ELEMENTS.has(key)) {
      const message = `element \`${key}\` is unknown to RAM and left out`;
      reading.notes.add({ code: "IGNORED_ELEMENT", severity: "WARNING", message, pointer, at: keyAt });
      continue;
    }
    const meant = certainName(key, KNOWN_ELEMENTS);
    const message = `unknown element \`${key}\`${meant === undefined ? "" : `, did you mean \`${meant}\`?`}`;
    reading.notes.add({
      code: "UNKNOWN_ELEMENT",
      severity: "ERROR",
      message,
      pointer,
      at: keyAt,
      ...(meant === undefined ? {} : { suggestion: meant }),
    });
    reading.unreadable.push({ code: "UNKNOWN_ELEMENT", pointer, text: key });
  }
}

function readEffect(reading: Reading): Statement["effect"] {
  const member = find(reading, "Effect");
  if (member?.value.type === "string" && member.value.value === "Allow") return "ALLOW";
  if (member?.value.type === "string" && member.value.value === "Deny") return "DENY";
  const code = "UNREADABLE_EFFECT";
  if (member === undefined) {
    fail(reading, code, "`Effect` is missing", reading.pointer, undefined, "");
    return "UNREADABLE";
  }
  const pointer = pointerStep(reading.pointer, "Effect");
  const text = quote(reading.text, member.value);
  const meant = certainName(text.trim(), ["Allow", "Deny"]);
  const message = `effect \`${text}\` is neither \`Allow\` nor \`Deny\``;
  const suggestion = meant === undefined ? {} : { suggestion: meant };
  reading.notes.add({ code, severity: "ERROR", message, pointer, at: member.value.at, ...suggestion });
  reading.unreadable.push({ code, pointer, text });
  return "UNREADABLE";
}

/** Reads one of two elements that exclude each other; neither means everything where the element is not required. */
function readElement<P>(
  reading: Reading,
  name: string,
  negatedName: string,
  isRequired: boolean,
  readPatterns: (strings: readonly PlacedString[], notes: Notes) => readonly P[],
): PatternElement<P> | undefined {
  const plain = find(reading, name);
  const negated = find(reading, negatedName);
  const member = plain ?? negated;
  const both = `\`${name}\` and \`${negatedName}\``;
  if (plain !== undefined && negated !== undefined) {
    return fail(reading, "CONFLICTING_ELEMENTS", `${both} exclude each other`, reading.pointer, undefined, name);
  }
  if (member === undefined) {
    if (!isRequired) return { isNegated: true, patterns: [] };
    return fail(reading, "MISSING_ELEMENT", `one of ${both} is missing`, reading.pointer, undefined, name);
  }
  const pointer = pointerStep(reading.pointer, member.key);
  const found = () => quote(reading.text, member.value);
  const strings = readStrings(reading.text, member.value, pointer, reading.notes);
  if (strings === undefined) {
    reading.unreadable.push({ code: "NOT_A_STRING", pointer, text: found() });
    return undefined;
  }
  if (strings.length === 0) {
    return fail(reading, "EMPTY_ELEMENT", `\`${member.key}\` lists nothing`, pointer, member.value.at, found());
  }
  if (member.key === "NotResource") {
    const message = "`NotResource` is no longer documented; it is read as everything but the listed resources";
    reading.notes.add({ code: "UNDOCUMENTED_ELEMENT", severity: "WARNING", message, pointer, at: member.keyAt });
  }
  return { isNegated: member === negated, patterns: readPatterns(strings, reading.notes) };
}

/**
 * An action with a blank inside names nothing. In an Allow that grants nothing; but a Deny was meant to say something, so
 * there the element is not read.
 */
function withoutBlanks(
  { unreadable, pointer }: Reading,
  effect: Statement["effect"],
  actions: PatternElement<ActionPattern> | undefined,
): PatternElement<ActionPattern> | undefined {
  if (effect === "ALLOW" && actions?.isNegated === false) return actions;
  const blemished = actions?.patterns.find(({ text }) => /\s/.test(text));
  if (blemished === undefined) return actions;
  unreadable.push({ code: "BLANK_IN_ACTION", pointer, text: blemished.text });
  return undefined;
}

function readPrincipalElement(reading: Reading): Statement["principals"] {
  const member = find(reading, "Principal");
  const rule = PRINCIPAL_RULE[reading.type];
  if (member === undefined) {
    if (rule !== "REQUIRED") return undefined;
    fail(reading, "MISSING_ELEMENT", "`Principal` is missing", reading.pointer, undefined, "Principal");
    return "UNREADABLE";
  }
  const pointer = pointerStep(reading.pointer, "Principal");
  const found = quote(reading.text, member.value);
  if (rule === "FORBIDDEN") {
    fail(
      reading,
      "PRINCIPAL_NOT_ALLOWED",
      "`Principal` belongs to resource-based policies",
      pointer,
      member.keyAt,
      found,
    );
    return undefined;
  }
  const principals = readPrincipals(reading.text, member.value, pointer, reading.notes);
  if (principals === undefined) reading.unreadable.push({ code: "UNREADABLE_PRINCIPAL", pointer, text: found });
  return principals ?? "UNREADABLE";
}

function fail(
  { notes, unreadable, statement }: Reading,
  code: string,
  message: string,
  pointer: string,
  at: number | undefined,
  text: string,
): undefined {
  notes.add({ code, severity: "ERROR", message, pointer, at: at ?? statement.at });
  unreadable.push({ code, pointer, text });
  return undefined;
}
