import { scanString } from "../../policy/json/scan-scalar.js";
import { hasAccountPlaceholder, withoutAccountPlaceholder } from "./blemishes.js";
import { isCreationPolicy, memberOf, type PolicyBlock, serviceNamesOf, stringsOf } from "./policy-blocks.js";
import { wrapStatements } from "./role-document.js";

/** Permissions that let users have roles created, by what they name. */
export interface CreationPolicies {
  readonly all: readonly CreationPolicy[];
  readonly byPrincipal: ReadonlyMap<string, CreationPolicy>;
  readonly template?: CreationPolicy;
}

export interface CreationPolicy {
  readonly block: PolicyBlock;
  readonly principals: readonly string[];
  /** True where the principal is left for the reader to fill in. */
  readonly isTemplate: boolean;
}

export function findCreationPolicies(blocks: readonly PolicyBlock[]): CreationPolicies {
  const all = blocks.filter(isCreationPolicy).map((block): CreationPolicy => {
    const principals = block.statements.flatMap(serviceNamesOf).map(({ value }) => value.trim());
    return { block, principals, isTemplate: principals.some(isPlaceholder) };
  });
  const byPrincipal = new Map<string, CreationPolicy>();
  for (const policy of all) {
    for (const principal of policy.principals) if (!byPrincipal.has(principal)) byPrincipal.set(principal, policy);
  }
  const template = all.find(({ isTemplate }) => isTemplate);
  return { all, byPrincipal, ...(template === undefined ? {} : { template }) };
}

const isPlaceholder = (value: string): boolean => /[<>{}$]|^your\b/i.test(value);

/** The policy for one role as valid JSON: the template's blank filled, the reader's account replaced by any account. */
export function creationPolicyFor(policies: CreationPolicies, principal: string): string | undefined {
  const found = policies.byPrincipal.get(principal) ?? policies.template;
  return found === undefined ? undefined : fill(found.block, principal);
}

function fill(block: PolicyBlock, principal: string): string {
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
