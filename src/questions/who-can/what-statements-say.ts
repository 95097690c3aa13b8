import type { Snapshot } from "../../grants/snapshot.js";
import type { RequestResource } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction, mayCoverResource } from "../../policy/match-statement.js";
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
}

/** What a question asks about, action by action. */
export function askedParts({ actions, resource: everywhere }: AccessQuestion): readonly AskedPart[] {
  return actions.parts.map(({ name, resource = everywhere }) => {
    const isFixed = resource.form === "EACH" && !resource.resources.some(hangsOnCaller);
    return { name, folded: asciiLower(name), resources: isFixed ? resource.resources : undefined };
  });
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

/** Which of an action's resources a statement covers; its own patterns where the resources are not known. Undefined for none. */
function coverageOf(statement: Statement, { folded, resources }: AskedPart): readonly unknown[] | undefined {
  const action = mayCoverAction(statement, folded);
  if (action === false) return undefined;
  if (resources === undefined) return [action ?? null, patternsOf(statement)];
  const covered = resources.map((resource) => mayCoverResource(statement, { resource }) ?? null);
  return covered.every((each) => each === false) ? undefined : [action ?? null, covered];
}

function patternsOf({ resources }: Statement): readonly unknown[] {
  return resources === "UNREADABLE" ? [] : [resources.isNegated, resources.patterns.map(({ text }) => text)];
}
