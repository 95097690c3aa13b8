import type { CatalogIndex } from "../../grants/catalog-index.js";
import { finish } from "../../grants/steps.js";
import type { PolicyDocumentType } from "../../policy/document.js";
import type { Finding } from "../../policy/finding.js";
import { findNode } from "../../policy/json/find-node.js";
import { parseJson } from "../../policy/json/parse-json.js";
import { placesIn } from "../../policy/json/place.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import type { LintDocument, LintRule, Remark } from "./lint-rule.js";
import { LINT_RULES } from "./lint-rules.js";

/** How many steps of comparing patterns the rules of one document may take together: a fraction of a second. */
const LINT_BUDGET = 1_000_000;

/**
 * Everything that is wrong or noteworthy in a policy document: what cannot be read, then what the rules find in the rest.
 * A statement that cannot be read in full is looked at as far as it can.
 *
 * @param text JSON text, byte for byte
 * @param type what the document is for
 * @param catalog known services and actions; of services whose pages were not read nothing is claimed
 * @param isProvided true for policies that the cloud keeps
 * @returns in the order of the text
 */
export function lintDocument(
  catalog: CatalogIndex,
  text: string,
  type: PolicyDocumentType,
  isProvided = false,
): readonly Finding[] {
  return finish(lintInSteps(catalog, text, type, isProvided));
}

/** The same; yields before each rule, so that a long document keeps nobody waiting for all of them. */
export function* lintInSteps(
  catalog: CatalogIndex,
  text: string,
  type: PolicyDocumentType,
  isProvided = false,
): Generator<undefined, readonly Finding[], undefined> {
  const { value, findings } = parsePolicy(text, type);
  const { statements } = value;
  const document: LintDocument = { text, type, statements, catalog, budget: { left: LINT_BUDGET }, isProvided };
  const placed = placedIn(text);
  const all = [...findings];
  for (const rule of LINT_RULES) {
    // What the cloud keeps nobody else can tidy up.
    if (isProvided && rule.severity === "SUGGESTION") continue;
    yield undefined;
    all.push(...rule.find(document).map((remark) => placed(rule, remark)));
  }
  return all.sort(byPlace);
}

/** Puts remarks of rules in their places in a text. */
export function placedIn(text: string): (rule: Pick<LintRule, "code" | "severity">, remark: Remark) => Finding {
  const { node } = parseJson(text);
  const placeOf = placesIn(text);
  return ({ code, severity }, { message, pointer, suggestion }) => {
    const found = node === undefined ? undefined : findNode(node, pointer);
    const place = found?.pointer ?? "";
    return {
      code,
      severity,
      message: place === "" ? message : `${message} at ${place}`,
      pointer: place,
      ...placeOf(found?.node.at ?? 0),
      ...(suggestion !== undefined && { suggestion }),
    };
  };
}

function byPlace(a: Finding, b: Finding): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
