import type { Snapshot } from "../../grants/snapshot.js";
import { type ResourcePattern, readResourcePattern } from "../../policy/arn.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { patternsOverlap } from "../../policy/patterns/patterns-overlap.js";
import { matchesWildcard } from "../../policy/wildcard.js";
import { ASSUME_ROLE } from "../access/assume-role.js";
import { tellsWho } from "../who-can/like-principals.js";

/** What a policy says about assuming roles. */
export interface Saying {
  /** Equal for policies that say the same. */
  readonly content: number;
  readonly grants: readonly Grant[];
  readonly mayAllow: boolean;
  /** It could tell who asks. */
  readonly isTelling: boolean;
}

/** How many policies are read before others get their turn. */
const STEP = 10;

/** By the policy's number; of those that say anything about assuming roles. */
export function* sayingsOf({
  actionIndex,
  policies,
  reach,
}: Snapshot): Generator<undefined, ReadonlyMap<number, Saying>, undefined> {
  const said = new Map<number, Saying>();
  const contents = new Map<string, number>();
  let seen = 0;
  for (const key of actionIndex.candidates(ASSUME_ROLE)) {
    if (seen++ % STEP === 0) yield undefined;
    const number = reach.policyNumber(key);
    const grants = (policies.get(key)?.grants ?? []).flatMap((grant) => aboutRoles(grant) ?? []);
    if (number === undefined || grants.length === 0) continue;
    const text = JSON.stringify([...new Set(grants.map(textOf))].sort());
    const content = contents.get(text) ?? contents.size;
    contents.set(text, content);
    const mayAllow = grants.some(({ statement }) => statement.effect !== "DENY");
    said.set(number, { content, grants, mayAllow, isTelling: grants.some(tellsWho) });
  }
  return said;
}

/** Equal for statements that say the same about assuming roles. */
function textOf({ statement, policy }: Grant): string {
  const { effect, actions, resources, conditions, unreadable, pointer } = statement;
  const isUnread = actions === "UNREADABLE" || unreadable.length > 0;
  if (resources === "UNREADABLE" || isUnread) return JSON.stringify([policy, pointer]);
  const patterns = resources.patterns.map(({ text }) => text);
  const tests = conditions.map(({ identity, isNegated }) => [identity, isNegated]);
  return JSON.stringify([effect, resources.isNegated, patterns, tests]);
}

const ROLES = readResourcePattern("acs:ram:*:*:role/*").pattern;

/** What a grant says about assuming roles, its patterns of anything else left out; undefined where it says nothing. */
export function aboutRoles(grant: Grant): Grant | undefined {
  const { statement } = grant;
  if (mayCoverAction(statement, ASSUME_ROLE) === false) return undefined;
  if (statement.resources === "UNREADABLE") return grant;
  const { isNegated } = statement.resources;
  const patterns = statement.resources.patterns.filter(mayCoverRole);
  if (patterns.length === 0 && !isNegated) return undefined;
  return { ...grant, statement: { ...statement, resources: { isNegated, patterns } } };
}

function mayCoverRole(pattern: ResourcePattern): boolean {
  const [, service = "*"] = pattern.segments ?? [];
  return matchesWildcard(service, "ram") && patternsOverlap(pattern, ROLES);
}
