import { addAll, hasBit, noBits } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { workTogetherFor } from "../../grants/work-together.js";
import type { Key } from "../../inventory/keys.js";
import type { Context } from "../../policy/conditions/context.js";
import { type AnswerCoverage, accountsNotImported, accountsOf, coverageOf } from "../access/coverage.js";
import { type EscalationPath, pathFinder } from "./find-paths.js";
import { type Goal, startSearch } from "./search.js";
import { PRIMITIVE_ACTIONS } from "./steps.js";
import { takesPart } from "./targets.js";

/** Somebody who can get there and is not there yet. */
export interface Escalation {
  readonly principal: CompiledPrincipal;
  /** The best first; all have steps. */
  readonly paths: readonly EscalationPath[];
}

export interface EscalationAnswer {
  readonly rows: readonly Escalation[];
  readonly isTruncated: boolean;
  readonly coverage: AnswerCoverage;
}

/** Most paths that are told of one principal, alone and among others. */
const MAX_PATHS = 1000;
export const MAX_PATHS_OF_EACH = 100;

/**
 * Who can become an administrator, or one certain user or role, and is not yet. In the order of ARNs. Yields before each
 * principal and each decision, so that whoever drives it can let others in.
 *
 * @param accountIds accounts to look in; absent for all
 */
export function* findEscalations(
  snapshot: Snapshot,
  context: Context,
  goal: Goal,
  accountIds?: ReadonlySet<string>,
): Generator<undefined, EscalationAnswer, undefined> {
  const find = pathFinder(startSearch(snapshot, context, goal), MAX_PATHS_OF_EACH);
  const policies = yield* policiesThatMatter(snapshot);
  const considered = yield* candidates(snapshot, policies, accountIds);
  const rows: Escalation[] = [];
  let isTruncated = false;
  for (const principal of considered) {
    yield undefined;
    const found = yield* find(principal);
    isTruncated ||= found.isTruncated;
    const isThere = found.paths.some(({ steps, ruling }) => steps.length === 0 && ruling.verdict === "ALLOWED");
    const paths = found.paths.filter(({ steps }) => steps.length > 0);
    if (!isThere && paths.length > 0) rows.push({ principal, paths });
  }
  return { rows, isTruncated, coverage: escalationCoverage(snapshot, considered, policies, accountIds) };
}

export interface EscalationPaths {
  readonly paths: readonly EscalationPath[];
  readonly isTruncated: boolean;
  readonly coverage: AnswerCoverage;
}

/** How one principal gets there; no step where it is there already. Yields before each decision. */
export function* escalationPaths(
  snapshot: Snapshot,
  context: Context,
  goal: Goal,
  principal: CompiledPrincipal,
): Generator<undefined, EscalationPaths, undefined> {
  const coverage = escalationCoverage(snapshot, [principal], yield* policiesThatMatter(snapshot));
  if (!takesPart(principal)) return { paths: [], isTruncated: false, coverage };
  const find = pathFinder(startSearch(snapshot, context, goal), MAX_PATHS);
  return { ...(yield* find(principal)), coverage };
}

/** Policies that speak of any of the calls. */
const policiesThatMatter = workTogetherFor(findPolicies);

function* findPolicies({ actionIndex }: Snapshot): Generator<undefined, ReadonlySet<Key>, undefined> {
  const policies = new Set<Key>();
  for (const action of PRIMITIVE_ACTIONS) {
    yield undefined;
    for (const policy of actionIndex.candidates(action)) policies.add(policy);
  }
  return policies;
}

/** How many policies and principals are looked at before others get their turn. */
const [FEW, STEP] = [100, 5_000];

/** Whom no policy reaches that speaks of any of the calls can do none of them. In the order of ARNs. */
function* candidates(
  { principals, reach }: Snapshot,
  policies: ReadonlySet<Key>,
  accountIds: ReadonlySet<string> | undefined,
): Generator<undefined, readonly CompiledPrincipal[], undefined> {
  const reached = noBits(principals.length);
  let seen = 0;
  for (const policy of policies) {
    if (seen++ % FEW === 0) yield undefined;
    const number = reach.policyNumber(policy);
    if (number !== undefined) addAll(reached, reach.reached(number));
  }
  const found: CompiledPrincipal[] = [];
  for (const [place, principal] of principals.entries()) {
    if (place % STEP === 0) yield undefined;
    const isAsked = hasBit(reached, place) && (accountIds?.has(principal.accountId) ?? true);
    if (isAsked && takesPart(principal)) found.push(principal);
  }
  return found;
}

function escalationCoverage(
  snapshot: Snapshot,
  considered: readonly CompiledPrincipal[],
  policies: ReadonlySet<Key>,
  asked: ReadonlySet<string> = new Set(),
): AnswerCoverage {
  const services = new Set(PRIMITIVE_ACTIONS.map((action) => action.slice(0, action.indexOf(":"))));
  const { gaps } = coverageOf(snapshot, { accountIds: accountsOf(considered), services, policies });
  return { gaps: [...accountsNotImported(snapshot, asked), ...gaps] };
}
