import { compareBytes } from "../../src/inventory/byte-order.js";
import type { PageExpectation } from "./page-expectation.js";

/** Where a reading differs from what the page holds. */
export interface PageDifferences {
  /** On the page, and not found. */
  readonly missing: readonly string[];
  /** Found under the right name, but otherwise than the page has it: `expected` and `found`. */
  readonly wrong: readonly { readonly expected: string; readonly found: string }[];
  /** Found, and not on the page. */
  readonly extra: readonly string[];
}

/** Compares every fact of the two, as sets in which a fact can stand twice. */
export function comparePage(expected: PageExpectation, found: PageExpectation): PageDifferences {
  if (expected.refusal !== undefined && found.refusal?.includes(expected.refusal) === true)
    return { missing: [], wrong: [], extra: [] };
  const missing = factsOf(expected);
  const extra = factsOf(found).filter((fact) => {
    const at = missing.findIndex((one) => one.text === fact.text);
    if (at >= 0) missing.splice(at, 1);
    return at < 0;
  });
  const wrong = missing.flatMap((one) => {
    const at = extra.findIndex(({ name }) => name === one.name);
    const [other] = at < 0 ? [] : extra.splice(at, 1);
    return other === undefined ? [] : [{ one, expected: one.text, found: other.text }];
  });
  const named = new Set(wrong.map(({ one }) => one));
  return {
    missing: missing.filter((one) => !named.has(one)).map(({ text }) => text),
    wrong: wrong.map(({ expected: text, found: other }) => ({ expected: text, found: other })),
    extra: extra.map(({ text }) => text),
  };
}

interface Fact {
  /** By this two facts are known to speak of the same thing. */
  readonly name: string;
  readonly text: string;
}

function factsOf(page: PageExpectation): Fact[] {
  const single = (["refusal", "product", "uri", "updatedAt"] as const).map((field) =>
    fact(field, "", page[field] ?? "none"),
  );
  return [
    ...single,
    ...page.services.map((one) => fact("service", one.code, [one.name ?? null, one.granularity ?? null])),
    ...page.rows.map(([action, name, ...rest]) => fact("row", `${action} ${name}`, rest)),
    ...page.resourceTypes.map((text) => fact("resource type", text)),
    ...page.conditionKeys.map((text) => fact("condition key", text)),
    ...page.actions.map((text) => fact("action", text)),
    ...page.roles.flatMap(({ name, statements = [], ...rest }) => [
      fact("role", name, rest),
      ...statements.map((statement) => fact("statement of role", name, statement)),
    ]),
    ...page.systemPolicies.flatMap(({ name, statements = [], ...rest }) => [
      fact("policy", name, rest),
      ...statements.map((statement) => fact("statement of policy", name, statement)),
    ]),
    ...page.findings.map((text) => fact("finding", text)),
  ];
}

function fact(kind: string, name: string, rest?: unknown): Fact {
  const words = [kind, name].filter((word) => word !== "").join(" ");
  return { name: words, text: rest === undefined ? words : `${words} ${JSON.stringify(sorted(rest))}` };
}

/** The same text for the same facts, whoever wrote them down: fields by name, lists of words by their words. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.every((item) => typeof item === "string") ? items.toSorted(compareBytes) : items.map(sorted);
  }
  if (typeof value !== "object" || value === null) return value;
  const fields: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(
    fields.map(([key, field]) => [key, sorted(field)] as const).toSorted(([one], [other]) => compareBytes(one, other)),
  );
}
