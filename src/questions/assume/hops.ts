import type { Bits } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import { placeOf } from "../../grants/place-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import { type Context, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import type { AccessQuestion } from "../access/access-question.js";
import { ASSUME_ROLE } from "../access/assume-role.js";
import { type Decision, decideAccess, decidedAs } from "../access/decision.js";
import { assumeQuestion } from "./assume-question.js";
import { type HopperGroup, type Hoppers, hoppersOf, sidesOf } from "./hoppers.js";
import { type TrustingRole, type TrustingRoles, trustingRoles } from "./trusting-roles.js";

/** Verdicts by what they hang on. */
interface KnownVerdicts {
  readonly ofGroups: Map<HopperGroup, Map<string, Verdict>>;
  count: number;
}

/** What was decided of a snapshot with all circumstances open. */
const KNOWN = new WeakMap<Snapshot, KnownVerdicts>();

/** Beyond so many verdicts all are let go, those of a question under way as well. */
const MOST_KEPT = 100_000;

/** Who may assume which role under some circumstances, as far as it was asked. What must come out alike is decided once. */
export interface Hops {
  readonly snapshot: Snapshot;
  readonly context: Context;
  readonly hoppers: Hoppers;
  readonly roles: TrustingRoles;
  readonly policies: ReadonlySet<Key>;
  readonly known: KnownVerdicts;
  /** One question for each role, for it is kept with every decision about it. */
  readonly questions: Map<Key, AccessQuestion>;
}

/**
 * Places that hops lead to from one place, or come from, in the order in which they are walked on from; may leave out those that
 * were seen.
 */
export type NeighboursOf = (place: number, seen: Bits) => Generator<undefined, Uint32Array, undefined>;

function noVerdicts(): KnownVerdicts {
  return { ofGroups: new Map(), count: 0 };
}

/** Begins to ask. Yields now and then the first time that a snapshot is asked. */
export function* startHops(snapshot: Snapshot, context: Context = OPEN_CONTEXT): Generator<undefined, Hops, undefined> {
  const hoppers = yield* hoppersOf(snapshot);
  const roles = yield* trustingRoles(snapshot);
  const policies = snapshot.actionIndex.candidates(ASSUME_ROLE);
  const known = context === OPEN_CONTEXT ? knownOf(snapshot) : noVerdicts();
  return { snapshot, context, hoppers, roles, policies, known, questions: new Map() };
}

function knownOf(snapshot: Snapshot): KnownVerdicts {
  const known = KNOWN.get(snapshot) ?? noVerdicts();
  KNOWN.set(snapshot, known);
  return known;
}

/** The verdict on any member of a group, which is the same for all where the role's trust is not personal. */
export function verdictOfGroup(hops: Hops, group: HopperGroup, to: TrustingRole): Verdict {
  const key = likenessOf(hops, group, to);
  const found = hops.known.ofGroups.get(group)?.get(key);
  if (found !== undefined) return found;
  const { verdict } = decideHop(hops, group.first, to);
  remember(hops.known, group, key, verdict);
  return verdict;
}

function remember(known: KnownVerdicts, group: HopperGroup, key: string, verdict: Verdict): void {
  if (known.count >= MOST_KEPT) {
    known.ofGroups.clear();
    known.count = 0;
  }
  const verdicts = known.ofGroups.get(group) ?? new Map<string, Verdict>();
  known.ofGroups.set(group, verdicts.set(key, verdict));
  known.count++;
}

/** Equal for roles about which the members of a group get one verdict. */
function likenessOf(hops: Hops, group: HopperGroup, to: TrustingRole): string {
  if (group.isByRole) return to.key;
  if (group.patterns.length === 0) return `${to.kind}`;
  const { resource } = questionAbout(hops, to);
  const [role] = resource.form === "EACH" ? resource.resources : [];
  return role === undefined ? to.key : `${to.kind} ${sidesOf(group, role)}`;
}

/** Decides whether one principal may assume one role. */
export function decideHop(hops: Hops, from: CompiledPrincipal, to: TrustingRole): Decision {
  const { snapshot, policies } = hops;
  return decideAccess(snapshot, from, questionAbout(hops, to), () => grantsOf(snapshot, from, policies));
}

/** The decision where the verdict is known. */
export function hopDecidedAs(hops: Hops, from: CompiledPrincipal, to: TrustingRole, verdict: Verdict): Decision {
  return decidedAs(hops.snapshot, from, questionAbout(hops, to), verdict);
}

/** Places of those whom a role's personal trust may let in, in ascending order. */
export function personalPlaces({ snapshot, hoppers }: Hops, { only }: TrustingRole): readonly number[] {
  if (only === undefined) return hoppers.places;
  const places = only.flatMap((key) => {
    const principal = snapshot.principalByKey.get(key);
    return (principal && placeOf(snapshot, principal)) ?? [];
  });
  return [...new Set(places)].filter((place) => hoppers.groupOf(place) !== undefined).sort((a, b) => a - b);
}

function questionAbout({ questions, context }: Hops, { key, role }: TrustingRole): AccessQuestion {
  const question = questions.get(key) ?? assumeQuestion(role, context);
  if (question === undefined) throw new Error(`role \`${key}\` cannot be asked about`);
  questions.set(key, question);
  return question;
}
