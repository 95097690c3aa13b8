import { addAll, hasBit, noBits } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { workTogether, workTogetherFor } from "../../grants/work-together.js";
import type { Key } from "../../inventory/keys.js";
import { type Context, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import { type AnswerCoverage, accountsNotImported, accountsOf, coverageOf } from "../access/coverage.js";
import { type LateRows, lateRows } from "../access/late-rows.js";
import { policiesThatMatter } from "./abilities.js";
import type { EscalationPath } from "./escalation-path.js";
import { type FoundPaths, PathFinder } from "./find-paths.js";
import type { Goal } from "./goals.js";
import { PRIMITIVE_ACTIONS } from "./kinds-of-steps.js";
import { type Search, startSearch } from "./search.js";
import { takesPart } from "./targets.js";

/** Somebody who can get there and is not there yet. */
export interface Escalation {
  readonly principal: CompiledPrincipal;
  /** The best first; all have steps. Looked for when they are read, as few are. */
  readonly paths: () => Steps<readonly EscalationPath[]>;
}

export interface EscalationAnswer {
  readonly rows: LateRows<Escalation>;
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
export function findEscalations(
  snapshot: Snapshot,
  context: Context,
  goal: Goal,
  accountIds?: ReadonlySet<string>,
): Steps<EscalationAnswer> {
  const isPlain = context === OPEN_CONTEXT && goal === undefined && accountIds === undefined;
  return isPlain ? becomingAdministrators(snapshot) : searchEscalations(snapshot, { context, goal, accountIds });
}

/** What is asked of a very large account goes on where somebody was stopped, and is kept: of a row it is a number. */
const becomingAdministrators = workTogetherFor((snapshot: Snapshot) =>
  searchEscalations(snapshot, { context: OPEN_CONTEXT, goal: undefined, accountIds: undefined }),
);

interface Asked {
  readonly context: Context;
  readonly goal: Goal;
  readonly accountIds: ReadonlySet<string> | undefined;
}

function* searchEscalations(snapshot: Snapshot, { context, goal, accountIds }: Asked): Steps<EscalationAnswer> {
  const finderFor = function* (): Steps<PathFinder> {
    return new PathFinder(yield* startSearch(snapshot, context, goal), MAX_PATHS_OF_EACH);
  };
  const finder = yield* finderFor();
  const policies = yield* policiesThatMatter(snapshot);
  const { places, accounts } = yield* candidates(finder.search, policies, accountIds);
  const found = yield* whoGetsThere(finder, places);
  // What it took to find all of them is let go; what the paths of those take that are read is little.
  const finderOfRows = workTogether(finderFor);
  const rowAt = (place: number) => {
    const principal = principalAt(snapshot, place);
    return { principal, paths: () => pathsWithSteps(finderOfRows, principal) };
  };
  const coverage = escalationCoverage(snapshot, accounts, policies, accountIds);
  return { rows: lateRows(found.places, rowAt), isTruncated: found.isTruncated, coverage };
}

function principalAt({ principals }: Snapshot, place: number): CompiledPrincipal {
  const principal = principals[place];
  if (principal === undefined) throw new Error(`there is nobody at place ${place}`);
  return principal;
}

function* pathsWithSteps(
  finderOf: () => Steps<PathFinder>,
  principal: CompiledPrincipal,
): Steps<readonly EscalationPath[]> {
  const finder = yield* finderOf();
  return withSteps(yield* finder.find(principal));
}

function withSteps({ paths }: FoundPaths): readonly EscalationPath[] {
  return paths.filter(({ steps }) => steps.length > 0);
}

interface Found {
  readonly places: readonly number[];
  readonly isTruncated: boolean;
}

/** That somebody gets there is told sooner than all their paths; these are looked for only where they show whether there are more. */
function* whoGetsThere(finder: PathFinder, able: readonly number[]): Steps<Found> {
  const places: number[] = [];
  const unsure: CompiledPrincipal[] = [];
  let isTruncated = false;
  for (const place of able) {
    yield undefined;
    const principal = principalAt(finder.search.snapshot, place);
    const tier = yield* tierToReach(finder, principal);
    const gets = tier === undefined ? false : yield* finder.getsThere(principal, tier);
    if (gets === true && !isTruncated) unsure.push(principal);
    const found = gets === undefined ? yield* finder.find(principal) : undefined;
    isTruncated ||= found?.isTruncated ?? false;
    if (gets === true || (found !== undefined && withSteps(found).length > 0)) places.push(place);
  }
  for (const principal of unsure) {
    if (isTruncated) break;
    yield undefined;
    isTruncated = (yield* finder.find(principal)).isTruncated;
  }
  return { places, isTruncated };
}

/** How certain a path has to be that leads somebody farther than they are; undefined for one who is there. */
function* tierToReach({ search }: PathFinder, principal: CompiledPrincipal): Steps<Verdict | undefined> {
  switch (yield* search.goals.tierOf(search.footholdOf(principal))) {
    case undefined:
      return "UNDETERMINED";
    case "UNDETERMINED":
      return "CONDITIONAL";
    case "CONDITIONAL":
      return "ALLOWED";
    default:
      return undefined;
  }
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
): Steps<EscalationPaths> {
  const coverage = escalationCoverage(snapshot, accountsOf([principal]), yield* policiesThatMatter(snapshot));
  if (!takesPart(principal)) return { paths: [], isTruncated: false, coverage };
  const finder = new PathFinder(yield* startSearch(snapshot, context, goal), MAX_PATHS);
  return { ...(yield* finder.find(principal)), coverage };
}

/** How many policies and principals are looked at before others get their turn. */
const [FEW, STEP] = [100, 5_000];

interface Candidates {
  /** Of those who may try something, in the order of ARNs. */
  readonly places: readonly number[];
  /** Accounts of all whom the policies reach. */
  readonly accounts: ReadonlySet<string>;
}

/** Whom no policy reaches that speaks of any of the calls can do none of them. */
function* candidates(
  { snapshot: { principals, reach }, abilities }: Search,
  policies: ReadonlySet<Key>,
  accountIds: ReadonlySet<string> | undefined,
): Steps<Candidates> {
  const reached = noBits(principals.length);
  let seen = 0;
  for (const policy of policies) {
    if (seen++ % FEW === 0) yield undefined;
    const number = reach.policyNumber(policy);
    if (number !== undefined) addAll(reached, reach.reached(number));
  }
  const places: number[] = [];
  const accounts = new Set<string>();
  for (const [place, principal] of principals.entries()) {
    if (place % STEP === 0) yield undefined;
    const isAsked = hasBit(reached, place) && (accountIds?.has(principal.accountId) ?? true);
    if (!isAsked || !takesPart(principal)) continue;
    accounts.add(principal.accountId);
    if (abilities.acts(place)) places.push(place);
  }
  return { places, accounts };
}

function escalationCoverage(
  snapshot: Snapshot,
  accountIds: ReadonlySet<string>,
  policies: ReadonlySet<Key>,
  asked: ReadonlySet<string> = new Set(),
): AnswerCoverage {
  const services = new Set(PRIMITIVE_ACTIONS.map((action) => action.slice(0, action.indexOf(":"))));
  const { gaps } = coverageOf(snapshot, { accountIds, services, policies });
  return { gaps: [...accountsNotImported(snapshot, asked), ...gaps] };
}
