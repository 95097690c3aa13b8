import type { BatchFinding } from "../../inventory/batch.js";
import { asciiLower } from "../../policy/ascii.js";
import { type JsonObject, type JsonString, pointerStep } from "../../policy/json/json-node.js";
import type { Page } from "./page.js";
import { memberOf, type PolicyBlock, stringsOf } from "./policy-blocks.js";

/**
 * What is odd in a policy that can be read all the same: blanks around actions, actions listed twice, placeholders in
 * resource names, texts that have not the form of what they stand for. `firstIndex` is the place of the block's first statement in the document that it becomes part of.
 */
export function findBlemishes(block: PolicyBlock, page: Page, firstIndex = 0): BatchFinding[] {
  return block.statements.flatMap((statement, index) => {
    const pointer = pointerStep("/Statement", firstIndex + index);
    return [effectBlemishes, actionBlemishes, resourceBlemishes]
      .flatMap((look) => look(statement, pointer))
      .map(({ at, ...blemish }) => ({
        severity: "WARNING" as const,
        ...blemish,
        ...page.placeOf(block.pageOffset(at)),
      }));
  });
}

interface Blemish {
  readonly code: string;
  readonly message: string;
  readonly pointer: string;
  readonly at: number;
  readonly suggestion?: string;
}

function effectBlemishes(statement: JsonObject, pointer: string): Blemish[] {
  return placedStrings(statement, "Effect", pointer)
    .filter(({ action: { value } }) => value !== "Allow" && value !== "Deny")
    .map(({ action: { value, at }, place }) => {
      const message = `effect \`${value}\` is neither \`Allow\` nor \`Deny\``;
      return { code: "EFFECT_MALFORMED", message, pointer: place, at };
    });
}

/** `*`, or a service's code and a name, both with wildcards. */
const ACTION = /^(?:\*|[a-z0-9*?-]+:[\w*?./-]+)$/i;

function actionBlemishes(statement: JsonObject, pointer: string): Blemish[] {
  return ["Action", "NotAction"].flatMap((element) => {
    const seen = new Set<string>();
    return placedStrings(statement, element, pointer).flatMap(({ action: { value, at }, place }) => {
      const suggestion = value.replace(/\s+/g, "");
      const name = asciiLower(suggestion);
      const noted = notesOn(value, suggestion, seen.has(name));
      seen.add(name);
      return noted.map((note) => ({ ...note, pointer: place, at }));
    });
  });
}

function notesOn(value: string, suggestion: string, isRepeated: boolean): Pick<Blemish, "code" | "message">[] {
  const notes = [];
  if (value !== suggestion)
    notes.push({ code: "ACTION_HAS_BLANKS", message: `blanks in action \`${value}\``, suggestion });
  if (!ACTION.test(suggestion))
    notes.push({ code: "ACTION_MALFORMED", message: `\`${value}\` has not the form of an action, \`service:Name\`` });
  if (isRepeated)
    notes.push({ code: "DUPLICATE_ACTION", message: `action \`${value.trim()}\` stands twice in one statement` });
  return notes;
}

function placedStrings(
  statement: JsonObject,
  element: string,
  pointer: string,
): { action: JsonString; place: string }[] {
  const node = memberOf(statement, element);
  const base = pointerStep(pointer, element);
  if (node?.type !== "array") return stringsOf(node).map((action) => ({ action, place: base }));
  return node.items.flatMap((action, index) =>
    action.type === "string" ? [{ action, place: pointerStep(base, index) }] : [],
  );
}

function resourceBlemishes(statement: JsonObject, pointer: string): Blemish[] {
  return placedStrings(statement, "Resource", pointer).flatMap(({ action: { value, at }, place }): Blemish[] => {
    if (value.trim() !== "*" && !value.trim().startsWith("acs:")) {
      const message = `\`${value}\` is no name of a resource: neither \`*\` nor an ARN`;
      return [{ code: "RESOURCE_MALFORMED", message, pointer: place, at }];
    }
    if (!hasAccountPlaceholder(value)) return [];
    const message = `placeholder for the account in \`${value}\``;
    const suggestion = withoutAccountPlaceholder(value);
    return [{ code: "PLACEHOLDER_IN_ARN", message, pointer: place, at, suggestion }];
  });
}

/** An account is digits, a wildcard, `system` or nothing; anything else is a word that the reader is to replace. */
export function hasAccountPlaceholder(arn: string): boolean {
  const account = arn.startsWith("acs:") ? arn.split(":")[3] : undefined;
  return account !== undefined && !/^(?:[\d*?]*|system)$/.test(account);
}

export function withoutAccountPlaceholder(arn: string): string {
  return arn
    .split(":")
    .map((part, index) => (index === 3 ? "*" : part))
    .join(":");
}
