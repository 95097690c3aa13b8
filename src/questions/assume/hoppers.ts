import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { type ReachBuffer, reachBuffer } from "../../grants/reach.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { workTogetherFor } from "../../grants/work-together.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import { coversResource, type RequestResource, type ResourcePattern } from "../../policy/arn.js";
import type { Statement } from "../../policy/document.js";
import { controlGrants, tellsWho } from "../who-can/like-principals.js";
import { aboutRoles, type Saying, sayingsOf } from "./sayings.js";

/**
 * Users and roles that are alike wherever a role is to be assumed that names none of them: of one account and kind, whom the same
 * statements about assuming reach at the same scopes. Whoever could be told from all others is in a group of its own.
 */
export interface HopperGroup {
  /** Of the first of them. */
  readonly first: CompiledPrincipal;
  /** Where they stand in the snapshot's list, in ascending order. */
  readonly places: readonly number[];
  /** Patterns of what they hold, and of what binds everybody, that tell roles apart. */
  readonly patterns: readonly ResourcePattern[];
  /** Conditions tell roles apart as well: each has to be asked about by itself. */
  readonly isByRole: boolean;
}

/** Everybody whom a statement may allow to assume some role. */
export interface Hoppers {
  readonly groups: readonly HopperGroup[];
  /** Of all of them, in ascending order. */
  readonly places: readonly number[];
  readonly groupOf: (place: number) => HopperGroup | undefined;
  /** The group's index in the list of all. */
  readonly numberOf: (place: number) => number | undefined;
}

/** Sorts the principals of a snapshot into groups, once for each snapshot. Yields now and then. */
export const hoppersOf = workTogetherFor(groupHoppers);

/** A service-linked role acts for its service alone and assumes nothing; a role of the catalog is in no account. */
export function mayHop(principal: CompiledPrincipal): boolean {
  return !isServiceLinked(principal);
}

/** How many principals are looked at before others get their turn. */
const STEP = 1_000;

function* groupHoppers(snapshot: Snapshot): Generator<undefined, Hoppers, undefined> {
  const said = yield* sayingsOf(snapshot);
  const everybody = controlGrants(snapshot).flatMap((grant) => aboutRoles(grant) ?? []);
  const { places, alike } = yield* placesAlike(snapshot, said, everybody.some(tellsWho));
  const groups: HopperGroup[] = [];
  const numbers = new Int32Array(snapshot.principals.length).fill(-1);
  const buffer = reachBuffer();
  for (const own of alike) {
    yield undefined;
    const first = snapshot.principals[own[0] ?? -1];
    const heard = hearings(snapshot, said, own[0] ?? -1, buffer);
    if (first === undefined || heard === undefined) continue;
    for (const place of own) numbers[place] = groups.length;
    const statements = [...everybody, ...heard.flatMap(({ grants }) => grants)].map(({ statement }) => statement);
    groups.push({ first, places: own, ...whatTellsRoles(statements) });
  }
  const numberOf = (place: number) => {
    const number = numbers[place] ?? -1;
    return number < 0 ? undefined : number;
  };
  return { groups, places, groupOf: (place) => groups[numbers[place] ?? -1], numberOf };
}

/** Where those stand whom a statement may allow to assume some role. */
interface PlacesAlike {
  readonly places: readonly number[];
  /** The same, those together who are alike. */
  readonly alike: Iterable<readonly number[]>;
}

/** @param isToldApart what binds everybody could tell who asks, so that nobody is like another */
function* placesAlike(
  snapshot: Snapshot,
  said: ReadonlyMap<number, Saying>,
  isToldApart: boolean,
): Generator<undefined, PlacesAlike, undefined> {
  const places: number[] = [];
  const byName = new Map<string, number[]>();
  const buffer = reachBuffer();
  for (const [place, principal] of snapshot.principals.entries()) {
    if (place % STEP === 0) yield undefined;
    const heard = mayHop(principal) ? hearings(snapshot, said, place, buffer) : undefined;
    if (heard === undefined) continue;
    places.push(place);
    const isAlone = isToldApart || heard.some(({ isTelling }) => isTelling);
    const name = isAlone ? `${place}` : nameOf(principal, heard);
    const own = byName.get(name);
    if (own === undefined) byName.set(name, [place]);
    else own.push(place);
  }
  return { places, alike: byName.values() };
}

/** A saying that reaches somebody at a scope. */
interface Hearing extends Saying {
  readonly scope: number;
}

/** What is said to somebody about assuming roles; undefined where nothing of it may allow any. */
function hearings(
  { reach }: Snapshot,
  said: ReadonlyMap<number, Saying>,
  place: number,
  buffer: ReachBuffer,
): readonly Hearing[] | undefined {
  const count = reach.fillReaches(place, buffer);
  let found: Hearing[] | undefined;
  for (let at = 0; at < count; at++) {
    const saying = said.get(buffer.policies[at] ?? -1);
    if (saying === undefined) continue;
    found ??= [];
    found.push({ ...saying, scope: buffer.scopes[at] ?? 0 });
  }
  return found?.some(({ mayAllow }) => mayAllow) ? found : undefined;
}

/** Equal for those who are alike. */
function nameOf({ accountId, kind }: CompiledPrincipal, heard: readonly Hearing[]): string {
  const names = new Set(heard.map(({ content, scope }) => `${content}/${scope}`));
  return [accountId, kind, ...[...names].sort()].join(" ");
}

function whatTellsRoles(statements: readonly Statement[]): Pick<HopperGroup, "patterns" | "isByRole"> {
  const elements = statements.flatMap(({ resources }) => (resources === "UNREADABLE" ? [] : [resources]));
  const patterns = elements.flatMap((element) => element.patterns).filter(({ form }) => form !== "ANY");
  const isByRole = statements.some(({ conditions }) => conditions.some(({ foldedKey }) => foldedKey === "resource"));
  return { patterns: [...new Map(patterns.map((pattern) => [pattern.text, pattern])).values()], isByRole };
}

/** Roles of one kind are not all one to its members. */
export function tellsRoles({ patterns, isByRole }: HopperGroup): boolean {
  return patterns.length > 0 || isByRole;
}

/** On which side of each pattern a role lies. */
export function sidesOf({ patterns }: Pick<HopperGroup, "patterns">, role: RequestResource): string {
  const covering: number[] = [];
  for (const [at, pattern] of patterns.entries()) if (coversResource(pattern, role)) covering.push(at);
  return covering.join();
}
