import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { rangesInSteps } from "../../grants/principal-ranges.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { someInSteps } from "../../grants/some-in-steps.js";
import type { Key } from "../../inventory/keys.js";
import type { Gap } from "../../inventory/source.js";
import { ASSUME_ROLE } from "../access/assume-role.js";
import { accountsOf, coverageInSteps } from "../access/coverage.js";
import { gapOf, gapsOfStatements } from "../permissions/catalog-gaps.js";
import type { Pair } from "./access-change.js";

/** What a comparison looked at. */
export interface ComparedScope {
  readonly pairs: readonly Pair[];
  /** RAM codes of the services that are asked about; absent for all. */
  readonly services?: ReadonlySet<string>;
  /** One principal of each side is asked about, and not everybody. */
  readonly isOfOne: boolean;
}

/**
 * What could have changed a comparison and was not seen in either state, each gap once. Rows are about actions of the
 * catalog: where what differs reaches others, a gap says so. Yields meanwhile.
 */
export function* compareCoverage(
  base: Snapshot,
  head: Snapshot,
  scope: ComparedScope,
): Generator<undefined, readonly Gap[], undefined> {
  const gaps: Gap[] = [];
  const { policies, accounts } = yield* lookedAt(scope.pairs);
  for (const snapshot of [base, head]) {
    const asked = scope.isOfOne ? accounts : (yield* rangesInSteps(snapshot.principals)).accounts;
    gaps.push(...(yield* gapsIn(snapshot, scope, accountsOf(asked))));
    gaps.push(...(yield* beyondCatalog(snapshot, scope, policies)));
  }
  return [...new Map(gaps.map((gap) => [JSON.stringify([gap.reason, gap.subject, gap.accountId]), gap])).values()];
}

function* gapsIn(
  snapshot: Snapshot,
  { services }: ComparedScope,
  accountIds: ReadonlySet<string>,
): Generator<undefined, readonly Gap[], undefined> {
  const { gaps } = yield* coverageInSteps(snapshot, {
    accountIds,
    services: services ?? new Set([...snapshot.catalog.services.values()].map(({ code }) => code)),
    policies: snapshot.policies,
  });
  return gaps;
}

function* beyondCatalog(
  snapshot: Snapshot,
  { pairs, services }: ComparedScope,
  policies: ReadonlySet<Key>,
): Generator<undefined, readonly Gap[], undefined> {
  yield undefined;
  const statements = [...policies].flatMap((key) => snapshot.policies.get(key)?.document.statements ?? []);
  const isOfAssuming = yield* someInSteps(pairs, ({ mayDiffer }) => mayDiffer(ASSUME_ROLE));
  const assuming = isOfAssuming ? gapOf(snapshot, ASSUME_ROLE) : undefined;
  const gaps = [...(assuming === undefined ? [] : [assuming]), ...gapsOfStatements(snapshot, statements)];
  return gaps.filter(({ subject }) => subject === "*" || (services?.has(subject) ?? true));
}

/** How many pairs are looked at before others get their turn. */
const STEP = 1_000;

/** What pairs are about. */
interface LookedAt {
  /** Policies by which some of them may differ. */
  readonly policies: ReadonlySet<Key>;
  /** A principal of each account. */
  readonly accounts: readonly CompiledPrincipal[];
}

/** There may be one for everybody. */
function* lookedAt(pairs: readonly Pair[]): Generator<undefined, LookedAt, undefined> {
  const policies = new Set<Key>();
  const byAccount = new Map<string, CompiledPrincipal>();
  for (const [at, pair] of pairs.entries()) {
    if (at % STEP === 0) yield undefined;
    for (const policy of pair.policies) policies.add(policy);
    for (const { principal } of [pair.base, pair.head]) byAccount.set(principal.accountId, principal);
  }
  return { policies, accounts: [...byAccount.values()] };
}
