import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Statement } from "../../policy/document.js";
import type { Finding } from "../../policy/finding.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import type { Budget } from "../../policy/patterns/budget.js";
import { placedIn } from "./lint-document.js";
import type { FindingKind } from "./lint-rule.js";
import { mayAllow } from "./listed-patterns.js";
import { mayOverlap } from "./statement-cover.js";

/** The text of docs/lint.md for a finding that only a policy that is attached can have. */
export const IDLE_DENY: Omit<FindingKind, "example"> = {
  code: "IDLE_DENY",
  severity: "SUGGESTION",
  why: "No policy of anybody whom the policy reaches allows anything that the Deny takes away, so at this revision it changes nothing. As a guard against what may be granted later it has its use. Deny statements on OSS are not reported, as bucket policies may allow on their own; nor are those of policies that reach nobody, or more than 1000 users and roles.",
  mend: "Keep it as a guard, or mend its actions and resources if it was meant to bound what is granted now.",
};

/** Users and roles that are looked at. */
const MAX_REACHED = 1000;
/** Steps of comparing patterns: what they do not suffice for is not reported. */
const STEPS = 200_000;

/** Deny statements of a custom policy that take nothing away from anybody whom it reaches. Yields before it looks at each. */
export function* idleDenies(
  snapshot: Snapshot,
  { key, policy, document, defaultVersion }: CompiledPolicy,
): Generator<undefined, readonly Finding[], undefined> {
  const text = defaultVersion?.documentText;
  const denies = document.statements.filter(({ effect }) => effect === "DENY");
  if (text === undefined || policy.type !== "CUSTOM" || denies.length === 0) return [];
  const reached = snapshot.reachedBy.get(key) ?? [];
  if (reached.length === 0 || reached.length > MAX_REACHED) return [];
  yield undefined;
  const budget: Budget = { left: STEPS };
  const allows = [...statementsReaching(snapshot, reached)].filter(mayAllow).concat(BY_BUCKETS);
  const placed = placedIn(text);
  const findings: Finding[] = [];
  for (const deny of denies) {
    yield undefined;
    const isIdle = !allows.some((allow) => budget.left < 0 || mayOverlap(allow, deny, budget));
    if (isIdle) findings.push(placed(IDLE_DENY, { message: MESSAGE, pointer: deny.pointer }));
  }
  return findings;
}

const MESSAGE = "nobody whom the policy reaches is allowed anything that this statement denies";

function statementsReaching(snapshot: Snapshot, reached: readonly { readonly key: string }[]): readonly Statement[] {
  const policies = new Set(reached.flatMap(({ key }) => reachesOf(snapshot, key).map(({ policy }) => policy)));
  return [...policies].flatMap((policy) => snapshot.policies.get(policy)?.document.statements ?? []);
}

/** What bucket policies may allow to anybody. */
const BY_BUCKETS: readonly Statement[] = parsePolicy(
  JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", Action: "oss:*", Resource: "*" }] }),
  "IDENTITY",
).value.statements;
