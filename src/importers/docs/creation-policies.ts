import { scanString } from "../../policy/json/scan-scalar.js";
import { hasAccountPlaceholder, withoutAccountPlaceholder } from "./blemishes.js";
import { memberOf, type PolicyBlock, serviceNamesOf, stringsOf } from "./policy-blocks.js";
import { wrapStatements } from "./role-document.js";

/** The principals that a creation policy names, and whether it is a template to be filled. */
export function creationTarget(block: PolicyBlock): {
  readonly principals: readonly string[];
  readonly isTemplate: boolean;
} {
  const values = block.statements.flatMap(serviceNamesOf).map(({ value }) => value.trim());
  return { principals: values, isTemplate: values.some(isPlaceholder) };
}

const isPlaceholder = (value: string): boolean => /[<>{}$]|^your\b/i.test(value);

/** The policy as valid JSON: the template's blank filled, the reader's account replaced by any account. */
export function fillCreationPolicy(block: PolicyBlock, principal: string): string {
  const edits = block.statements.flatMap((statement) => [
    ...serviceNamesOf(statement)
      .filter(({ value }) => isPlaceholder(value))
      .map(({ at }) => ({ at, value: principal })),
    ...stringsOf(memberOf(statement, "Resource"))
      .filter(({ value }) => hasAccountPlaceholder(value))
      .map(({ at, value }) => ({ at, value: withoutAccountPlaceholder(value) })),
  ]);
  const text = edits.toSorted((one, other) => other.at - one.at).reduce(replaceLiteral, block.text);
  return block.kind === "document" ? text : wrapStatements([text]);
}

function replaceLiteral(text: string, { at, value }: { readonly at: number; readonly value: string }): string {
  const literal = scanString(text, at);
  return "end" in literal ? text.slice(0, at) + JSON.stringify(value) + text.slice(literal.end) : text;
}
