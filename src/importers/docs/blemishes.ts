import type { BatchFinding } from "../../inventory/batch.js";
import { asciiLower } from "../../policy/ascii.js";
import { type JsonObject, type JsonString, pointerStep } from "../../policy/json/json-node.js";
import type { Page } from "./page.js";
import { memberOf, type PolicyBlock, stringsOf } from "./policy-blocks.js";

/**
 * What is odd in a policy that can be read all the same: blanks around actions, actions listed twice, placeholders in
 * resource names. `firstIndex` is the place of the block's first statement in the document that it becomes part of.
 */
export function findBlemishes(block: PolicyBlock, page: Page, firstIndex = 0): BatchFinding[] {
  return block.statements.flatMap((statement, index) => {
    const pointer = pointerStep("/Statement", firstIndex + index);
    return [...actionBlemishes(statement, pointer), ...resourceBlemishes(statement, pointer)].map(
      ({ at, ...blemish }) => ({
        severity: "WARNING" as const,
        ...blemish,
        ...page.placeOf(block.pageOffset(at)),
      }),
    );
  });
}

interface Blemish {
  readonly code: string;
  readonly message: string;
  readonly pointer: string;
  readonly at: number;
  readonly suggestion?: string;
}

function actionBlemishes(statement: JsonObject, pointer: string): Blemish[] {
  const blemishes: Blemish[] = [];
  for (const element of ["Action", "NotAction"]) {
    const seen = new Set<string>();
    for (const { action, place } of placedStrings(statement, element, pointer)) {
      const { value, at } = action;
      const name = asciiLower(value.replace(/\s+/g, ""));
      if (/\s/.test(value)) {
        const suggestion = value.replace(/\s+/g, "");
        blemishes.push({
          code: "ACTION_HAS_BLANKS",
          message: `blanks in action \`${value}\``,
          pointer: place,
          at,
          suggestion,
        });
      }
      if (seen.has(name))
        blemishes.push({
          code: "DUPLICATE_ACTION",
          message: `action \`${value.trim()}\` stands twice in one statement`,
          pointer: place,
          at,
        });
      seen.add(name);
    }
  }
  return blemishes;
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
  return placedStrings(statement, "Resource", pointer)
    .filter(({ action }) => hasAccountPlaceholder(action.value))
    .map(({ action: { value, at }, place }) => {
      const message = `placeholder for the account in \`${value}\``;
      return { code: "PLACEHOLDER_IN_ARN", message, pointer: place, at, suggestion: withoutAccountPlaceholder(value) };
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
