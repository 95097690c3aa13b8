import { addBit, type Bits, hasBit, noBits } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { placeOf } from "../../grants/place-of.js";
import { reachBuffer } from "../../grants/reach.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import type { Key } from "../../inventory/keys.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import type { AccessQuestion } from "../access/access-question.js";
import { assumesRole } from "../access/assume-role.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";

/** Gives principals that a question has one verdict for the same text; undefined for one that is like no other. */
export type Likeness = (principal: CompiledPrincipal) => string | undefined;

/**
 * Tells which principals are alike for a question: those of one account and kind whom the same statements about it reach at the same scopes.
 * Their requests differ in who asks and nothing else, which trust policies, bucket policies, conditions on `acs:PrincipalArn` and
 * statements that name principals could tell; where such count, each is like no other. The order of policies never matters to a verdict.
 *
 * Yields while it looks at policies.
 *
 * @param policies that may say something about the question's actions
 */
export function* likenessAmong(
  snapshot: Snapshot,
  question: AccessQuestion,
  policies: ReadonlySet<Key>,
): Generator<undefined, Likeness, undefined> {
  const { actions, sessionPolicy = [] } = question;
  const isAboutRoles = actions.parts.some(({ name }) => assumesRole(name));
  const others = [...controlGrants(snapshot), ...sessionPolicy];
  if (isAboutRoles || isGrantedByResources(snapshot, actions) || others.some(tellsWho)) return () => undefined;
  const { speaking, telling, contents } = yield* speakers(snapshot, question, policies);
  const buffer = reachBuffer();
  return (principal) => {
    const place = placeOf(snapshot, principal);
    if (place === undefined) return undefined;
    const count = snapshot.reach.fillReaches(place, buffer);
    const names = new Set<string>();
    for (let at = 0; at < count; at++) {
      const policy = buffer.policies[at] ?? 0;
      if (hasBit(telling, policy)) return undefined;
      if (hasBit(speaking, policy)) names.add(`${contents[policy] ?? 0}/${buffer.scopes[at] ?? 0}`);
    }
    const { accountId, kind } = principal;
    return [accountId, kind, isServiceLinked(principal), ...[...names].sort()].join(" ");
  };
}

/** What policies say of a question's actions. */
interface Speakers {
  /** Those that say anything. */
  readonly speaking: Bits;
  /** Those that could tell who asks. */
  readonly telling: Bits;
  /** By the policy's number: a number that policies share only where they say the same. */
  readonly contents: Uint32Array;
}

/** How many policies are looked at before others get their turn. */
const STEP = 50;

function* speakers(
  { policies: compiled, reach }: Snapshot,
  { actions }: AccessQuestion,
  policies: ReadonlySet<Key>,
): Generator<undefined, Speakers, undefined> {
  const folded = actions.parts.map(({ name }) => asciiLower(name));
  const { policyCount } = reach;
  const said = { speaking: noBits(policyCount), telling: noBits(policyCount), contents: new Uint32Array(policyCount) };
  const known = new Map<string, number>();
  let seen = 0;
  for (const key of policies) {
    if (++seen % STEP === 0) yield undefined;
    const number = reach.policyNumber(key);
    const texts = (compiled.get(key)?.grants ?? []).flatMap((grant) => textOf(grant, folded) ?? []);
    if (number === undefined || texts.length === 0) continue;
    const text = JSON.stringify([...new Set(texts)].sort());
    const content = known.get(text) ?? known.size;
    known.set(text, content);
    said.contents[number] = content;
    addBit(said.speaking, number);
    if (compiled.get(key)?.grants.some(tellsWho) === true) addBit(said.telling, number);
  }
  return said;
}

/** Equal for statements that say the same of the actions, wherever they stand; undefined for one that says nothing. */
function textOf({ statement, policy }: Grant, folded: readonly string[]): string | undefined {
  const { effect, resources, conditions, unreadable, pointer } = statement;
  const covers = folded.map((name) => mayCoverAction(statement, name) ?? null);
  if (!covers.some((each) => each !== false)) return undefined;
  if (resources === "UNREADABLE" || unreadable.length > 0) return JSON.stringify([policy, pointer]);
  const patterns = resources.patterns.map(({ text }) => text);
  const tests = conditions.map(({ identity, isNegated }) => [identity, isNegated]);
  return JSON.stringify([covers, effect, resources.isNegated, patterns, tests]);
}

function controlGrants({ controlLevels }: Snapshot): readonly Grant[] {
  const levels = new Set([...controlLevels.values()].flatMap((control) => control.levels));
  return [...levels].flatMap(({ grants }) => grants);
}

const tellsWho = ({ statement }: { readonly statement: Statement }): boolean =>
  statement.principals !== undefined || statement.conditions.some(({ foldedKey }) => foldedKey === "acs:principalarn");
