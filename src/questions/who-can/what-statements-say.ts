import type { Snapshot } from "../../grants/snapshot.js";
import type { RequestResource, ResourcePattern } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction, mayCoverResource } from "../../policy/match-statement.js";
import { patternsOverlap } from "../../policy/patterns/patterns-overlap.js";
import type { AccessQuestion } from "../access/access-question.js";
import { assumesRole } from "../access/assume-role.js";
import { hangsOnCaller } from "../access/known-context.js";
import { trustOf } from "../access/layers-for.js";

/** One action of a question, and what it is asked of. */
export interface AskedPart {
  readonly name: string;
  readonly folded: string;
  /** Undefined where they are a set, or hang on who asks. */
  readonly resources: readonly RequestResource[] | undefined;
  /** False for a pattern that covers none of them. */
  readonly mayMeet: (pattern: ResourcePattern) => boolean;
}

/** What a question asks about, action by action. */
export function askedParts({ actions, resource: everywhere, context }: AccessQuestion): readonly AskedPart[] {
  return actions.parts.map(({ name, resource = everywhere }) => {
    const isFixed = resource.form === "EACH" && !resource.resources.some(hangsOnCaller);
    // In a closed context what statements test decides which known resources are judged beside a set's representatives.
    const mayMeet = resource.form === "EACH" || context.mode === "CLOSED" ? () => true : meeting(resource.patterns);
    return { name, folded: asciiLower(name), resources: isFixed ? resource.resources : undefined, mayMeet };
  });
}

/** Whether a pattern has anything in common with one of a set's; each is looked at once. */
function meeting(set: readonly ResourcePattern[]): AskedPart["mayMeet"] {
  const known = new Map<string, boolean>();
  return (pattern) => {
    const isMet = known.get(pattern.text) ?? set.some((each) => mayOverlap(each, pattern));
    known.set(pattern.text, isMet);
    return isMet;
  };
}

function mayOverlap(one: ResourcePattern, other: ResourcePattern): boolean {
  return one.segments === undefined || other.segments === undefined || patternsOverlap(one, other);
}

/** The trust of the roles that are to be assumed; undefined where these are not the same whoever asks. */
export function trustsAsked(snapshot: Snapshot, asked: readonly AskedPart[]): readonly Grant[] | undefined {
  const assuming = asked.filter(({ name }) => assumesRole(name));
  if (assuming.some(({ resources }) => resources === undefined)) return undefined;
  return assuming.flatMap(({ resources = [] }) => resources.flatMap((resource) => trustOf(snapshot, { resource })));
}

/** Equal for statements that say the same of what is asked, wherever they stand; undefined for one that says nothing. */
export function sayingOf({ statement, policy }: Grant, asked: readonly AskedPart[]): string | undefined {
  const { effect, resources, conditions, unreadable, pointer } = statement;
  const covered = asked.map((part) => coverageOf(statement, part));
  if (covered.every((each) => each === undefined)) return undefined;
  if (resources === "UNREADABLE" || unreadable.length > 0) return JSON.stringify([policy, pointer]);
  const tests = conditions.map(({ identity, isNegated }) => [identity, isNegated]);
  return JSON.stringify([effect, covered.map((each) => each ?? null), tests]);
}

/**
 * Which of an action's resources a statement covers; those of its patterns that cover any of a set where the resources are not known.
 * Undefined for none.
 */
function coverageOf(statement: Statement, part: AskedPart): readonly unknown[] | undefined {
  const { folded, resources } = part;
  const action = mayCoverAction(statement, folded);
  if (action === false) return undefined;
  if (resources === undefined) {
    const patterns = patternsOf(statement, part);
    return patterns && [action ?? null, patterns];
  }
  const covered = resources.map((resource) => mayCoverResource(statement, { resource }) ?? null);
  return covered.every((each) => each === false) ? undefined : [action ?? null, covered];
}

function patternsOf({ resources }: Statement, { mayMeet }: AskedPart): readonly unknown[] | undefined {
  if (resources === "UNREADABLE") return [];
  const patterns = resources.patterns.filter(mayMeet).map(({ text }) => text);
  return patterns.length === 0 && !resources.isNegated ? undefined : [resources.isNegated, patterns];
}
