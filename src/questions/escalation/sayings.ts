import type { Snapshot } from "../../grants/snapshot.js";
import { type ResourcePattern, readResourcePattern, UNSCOPED } from "../../policy/arn.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction, mayCoverResource } from "../../policy/match-statement.js";
import { patternsOverlap } from "../../policy/patterns/patterns-overlap.js";
import { mayBeKnown } from "../access/known-context.js";
import { tellsWho } from "../who-can/like-principals.js";
import { allowsAnyone } from "./allowed-for-certain.js";
import { isAboutIdentities, isLimited } from "./decide-calls.js";
import { KINDS_OF_STEPS, type KindOfStep, PRIMITIVE_ACTIONS } from "./kinds-of-steps.js";
import { deniesAnyone } from "./plainly-denied.js";
import type { CallResource, Primitive, PrimitiveCall, PrimitiveTarget } from "./primitive.js";

/** What a statement says of one kind of step. */
export interface Saying {
  /** Equal for statements that say the same, wherever they stand. */
  readonly number: number;
  /** It allows something, and denies nothing. */
  readonly isAllow: boolean;
  /** It allows all calls of the step by any of their actions, on everything and whatever the circumstances. */
  readonly allowsAll: boolean;
  /** It denies a call of the step by whichever of its actions, on everything and whatever the circumstances. */
  readonly deniesAll: boolean;
  readonly grant: Grant;
  /** Those of its patterns that tell users, groups, roles and policies apart. */
  readonly patterns: readonly ResourcePattern[];
  /** It could tell who takes the step. */
  readonly tellsWho: boolean;
  /** Its conditions could tell what the step is aimed at. */
  readonly tellsTarget: boolean;
}

/** What some statements say of one kind of step. */
export interface Said {
  /** Equal for those that say the same in the same order. */
  readonly number: number;
  readonly sayings: readonly Saying[];
}

/** By the index of the kind of step. */
export type OfEachKind = readonly (Said | undefined)[];
const NOTHING: OfEachKind = [];

/** Reads what statements say of steps, each once for a search. */
export class Sayings {
  private readonly numbers = new Map<string, number>();
  private readonly wide = new Map<Statement, OfEachKind>();
  private readonly scoped = new Map<Statement, Map<string, OfEachKind>>();
  private readonly mayMeet = meeting();

  constructor(private readonly snapshot: Snapshot) {}

  /** What some statements say of each kind of step; those that say nothing of any are left out. */
  of(grants: readonly Grant[]): readonly OfEachKind[] {
    return grants.map((grant) => this.ofEach(grant)).filter(saysAnything);
  }

  /** The same of all of them together. */
  ofAll(grants: readonly Grant[]): OfEachKind {
    const [one = NOTHING, ...others] = this.of(grants);
    return others.length === 0
      ? one
      : KINDS_OF_STEPS.map(({ index }) => this.together(saidOf(index, [one, ...others])));
  }

  private together(said: readonly Said[]): Said | undefined {
    if (said.length < 2) return said[0];
    const number = this.numberOf(said.map((each) => each.number).join());
    return { number, sayings: said.flatMap(({ sayings }) => sayings) };
  }

  private numberOf(text: string): number {
    const known = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, known);
    return known;
  }

  private ofEach(grant: Grant): OfEachKind {
    const { statement, resourceGroupId } = grant;
    if (resourceGroupId === undefined) return found(this.wide, statement, () => this.read(grant));
    const byScope = found(this.scoped, statement, () => new Map<string, OfEachKind>());
    return found(byScope, resourceGroupId, () => this.read(grant));
  }

  private read(grant: Grant): OfEachKind {
    const actions = isLimited(grant) ? ACTIONS_WITHIN_GROUPS : PRIMITIVE_ACTIONS;
    if (actions.every((action) => mayCoverAction(grant.statement, action) === false)) return NOTHING;
    const all = KINDS_OF_STEPS.map((kind) => this.saying(grant, kind));
    if (all.every((each) => each === undefined)) return NOTHING;
    return all.map((each) => each && { number: each.number, sayings: [each] });
  }

  private saying(grant: Grant, kind: KindOfStep): Saying | undefined {
    const { statement, resourceGroupId } = grant;
    const parts = kind.calls.flatMap((_, at) => {
      const said = this.ofCall(grant, kind, at);
      return said === undefined ? [] : [{ ...said, at }];
    });
    if (parts.length === 0) return undefined;
    const tests = statement.conditions.map(({ identity, isNegated }) => [identity, isNegated]);
    const isUnread = statement.unreadable.length > 0 || statement.resources === "UNREADABLE";
    const own = isUnread ? [grant.policy, statement.pointer] : [];
    const said = parts.map(({ at, actions, covered }) => [at, actions, covered]);
    const text = JSON.stringify([kind.index, statement.effect, said, tests, resourceGroupId ?? null, own]);
    return {
      number: this.numberOf(text),
      isAllow: statement.effect === "ALLOW",
      allowsAll: parts.length === kind.calls.length && parts.every(allOfIt) && allowsAnyone(grant),
      deniesAll: parts.some(allOfIt) && deniesAnyone(grant),
      grant,
      patterns: parts.flatMap(({ patterns }) => patterns).filter(({ form }) => form !== "ANY"),
      tellsWho: tellsWho(grant),
      tellsTarget: statement.conditions.some(({ foldedKey }) => this.tellsTarget(kind, foldedKey)),
    };
  }

  /** What a statement covers of a call; undefined for nothing. */
  private ofCall(grant: Grant, kind: KindOfStep, at: number): Covered | undefined {
    const { statement } = grant;
    const call = kind.primitive.calls[at];
    if (call === undefined) return undefined;
    const actions = (kind.calls[at] ?? []).map((action) => mayCoverAction(statement, action) ?? null);
    if (actions.every((each) => each === false)) return undefined;
    if (isLimited(grant) && isOutsideOfGroups(call)) return undefined;
    const { resources } = statement;
    if (resources === "UNREADABLE") return { actions, covered: null, patterns: [] };
    if (call.on.includes("NONE")) {
      const covers = mayCoverResource(statement, { resource: UNSCOPED });
      return covers === false ? undefined : { actions, covered: covers, patterns: [] };
    }
    const isOfSome = call.on.includes("SOME");
    const places = isOfSome ? [] : placesOf(kind.primitive, call);
    const mayMeet = (pattern: ResourcePattern) => places.some((place) => this.mayMeet(pattern, place));
    const patterns = isOfSome ? resources.patterns : resources.patterns.filter(mayMeet);
    if (patterns.length === 0 && !resources.isNegated) return undefined;
    const covered = [resources.isNegated, ...patterns.map(({ text }) => text)];
    return { actions, covered, patterns: isOfSome ? [] : patterns };
  }

  private tellsTarget({ calls }: KindOfStep, foldedKey: string): boolean {
    if (foldedKey === "action" || foldedKey === "acs:principalarn") return false;
    return calls.some((anyOf) => anyOf.some((action) => mayBeKnown(this.snapshot, action, foldedKey)));
  }
}

/** Is it about nothing that can be in a resource group? */
function isOutsideOfGroups({ anyOf }: PrimitiveCall): boolean {
  return anyOf.every(isAboutIdentities);
}

/** The actions of all calls that what is attached within a resource group can say anything about. */
const ACTIONS_WITHIN_GROUPS: readonly string[] = [
  ...new Set(
    KINDS_OF_STEPS.flatMap(({ primitive, calls }) =>
      calls.filter((_, at) => !primitive.calls.slice(at, at + 1).every(isOutsideOfGroups)).flat(),
    ),
  ),
];

/** Does it say anything of steps? */
export function saysAnything(each: OfEachKind): boolean {
  return each !== NOTHING;
}

/** What several say of one kind of step, in their order. */
export function saidOf(kind: number, all: readonly OfEachKind[]): readonly Said[] {
  const own: Said[] = [];
  for (const each of all) {
    const said = each[kind];
    if (said !== undefined) own.push(said);
  }
  return own;
}

/** Is all of a call covered, whatever it is about? */
function allOfIt({ actions }: Covered): boolean {
  return actions.every((each) => each === true);
}

interface Covered {
  /** Of each action, whether it is covered; null where that cannot be read. */
  readonly actions: readonly (boolean | null)[];
  readonly covered: unknown;
  readonly patterns: readonly ResourcePattern[];
}

const USERS = "acs:ram:*:*:user/*";
const GROUPS = "acs:ram:*:*:group/*";
const ROLES = "acs:ram:*:*:role/*";
const POLICIES = "acs:ram:*:*:policy/*";

const OF_TARGETS: Readonly<Record<PrimitiveTarget, readonly string[]>> = {
  NOTHING: [],
  OWN_GROUP: [GROUPS],
  OTHER_GROUP: [GROUPS],
  OWN_POLICY: [POLICIES],
  HELD_POLICY: [POLICIES],
  GROUP_POLICY: [POLICIES],
  OTHER_USER: [USERS],
  OTHER_ROLE: [ROLES],
  ANY_ROLE: [ROLES],
};

const OF_CALLS: Readonly<Record<Exclude<CallResource, "TARGET">, readonly string[]>> = {
  SELF: [USERS, ROLES],
  HOLDER: [USERS, GROUPS, ROLES],
  ADMIN_POLICY: ["acs:ram:*:system:policy/AdministratorAccess"],
  NEW_POLICY: [POLICIES],
  NEW_ROLE: [ROLES],
  NEW_USER: [USERS],
  SOME: [],
  NONE: [],
};

/** Patterns of the resources that a call of a step may be about. */
function placesOf({ target }: Primitive, { on }: PrimitiveCall): readonly string[] {
  return on.flatMap((each) => (each === "TARGET" ? OF_TARGETS[target] : OF_CALLS[each]));
}

/** May a pattern cover any resource that another one covers? */
function meeting(): (pattern: ResourcePattern, place: string) => boolean {
  const known = new Map<string, boolean>();
  return (pattern, place) =>
    found(known, `${place} ${pattern.text}`, () => {
      return pattern.segments === undefined || patternsOverlap(pattern, readResourcePattern(place).pattern);
    });
}

function found<Name, Value>(known: Map<Name, Value>, name: Name, make: () => Value): Value {
  const before = known.get(name);
  if (before !== undefined) return before;
  const made = make();
  known.set(name, made);
  return made;
}
