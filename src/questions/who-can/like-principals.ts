import { addBit, type Bits, hasBit, noBits } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { placeOf } from "../../grants/place-of.js";
import { type ReachBuffer, reachBuffer } from "../../grants/reach.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import type { Key } from "../../inventory/keys.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { mayNameCaller } from "../../policy/match-statement.js";
import type { AccessQuestion } from "../access/access-question.js";
import { askerOf } from "../access/asker.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";
import { type AskedPart, askedParts, sayingOf, trustsAsked } from "./what-statements-say.js";

/** Gives principals that a question has one verdict for the same text; undefined for one that is like no other. */
export type Likeness = (principal: CompiledPrincipal) => string | undefined;

/**
 * Tells which principals are alike for a question: those of one account and kind whom the same statements about it reach at the same scopes,
 * and whom the trust of the roles that it is about names alike. Their requests differ in who asks and nothing else, which bucket policies,
 * conditions on `acs:PrincipalArn` and statements that name principals could tell; where such count, each is like no other. The order of
 * policies never matters to a verdict. Yields while it looks at policies.
 *
 * @param policies that may say something about the question's actions
 */
export function* likenessAmong(
  snapshot: Snapshot,
  question: AccessQuestion,
  policies: ReadonlySet<Key>,
): Generator<undefined, Likeness, undefined> {
  const { actions, sessionPolicy = [] } = question;
  const asked = askedParts(question);
  const trusts = trustsAsked(snapshot, asked);
  const others = [...controlGrants(snapshot), ...sessionPolicy];
  if (trusts === undefined || trusts.some(testsWho)) return () => undefined;
  if (isGrantedByResources(snapshot, actions) || others.some(tellsWho)) return () => undefined;
  const speakers = yield* speakersAmong(snapshot, asked, policies);
  const buffer = reachBuffer();
  return (principal) => {
    const codes = codesOf(snapshot, principal, speakers, buffer);
    if (codes === undefined) return undefined;
    const { accountId, kind } = principal;
    return [accountId, kind, isServiceLinked(principal), namedBy(snapshot, trusts, principal), ...codes].join(" ");
  };
}

/** How each statement of some roles' trust stands to somebody. */
function namedBy(snapshot: Snapshot, trusts: readonly Grant[], principal: CompiledPrincipal): string {
  if (trusts.length === 0) return "";
  const { caller } = askerOf(snapshot, principal, () => []);
  return trusts.map(({ statement }) => mayNameCaller(statement, { caller })).join();
}

/** A number for each saying that reaches a principal at a scope, in ascending order; undefined where one could tell who asks. */
function codesOf(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  { speaking, telling, contents }: Speakers,
  buffer: ReachBuffer,
): readonly number[] | undefined {
  const place = placeOf(snapshot, principal);
  if (place === undefined) return undefined;
  const count = snapshot.reach.fillReaches(place, buffer);
  const codes: number[] = [];
  for (let at = 0; at < count; at++) {
    const policy = buffer.policies[at] ?? 0;
    if (!hasBit(speaking, policy)) continue;
    if (hasBit(telling, policy)) return undefined;
    const code = (buffer.scopes[at] ?? 0) * contents.length + (contents[policy] ?? 0);
    if (!codes.includes(code)) codes.push(code);
  }
  return codes.sort((a, b) => a - b);
}

/** What policies say of a question's actions. */
interface Speakers {
  /** Those that say anything. */
  readonly speaking: Bits;
  /** Those of them that could tell who asks. */
  readonly telling: Bits;
  /** By the policy's number: a number that policies share only where they say the same. */
  readonly contents: Uint32Array;
}

function* speakersAmong(
  { policies: compiled, reach }: Snapshot,
  asked: readonly AskedPart[],
  policies: ReadonlySet<Key>,
): Generator<undefined, Speakers, undefined> {
  const { policyCount } = reach;
  const said = { speaking: noBits(policyCount), telling: noBits(policyCount), contents: new Uint32Array(policyCount) };
  const known = new Map<string, number>();
  for (const key of policies) {
    yield undefined;
    const number = reach.policyNumber(key);
    const { grants = [] } = compiled.get(key) ?? {};
    const sayings = grants.flatMap((grant) => sayingOf(grant, asked) ?? []);
    if (number === undefined || sayings.length === 0) continue;
    const text = JSON.stringify([...new Set(sayings)].sort());
    const content = known.get(text) ?? known.size;
    known.set(text, content);
    said.contents[number] = content;
    addBit(said.speaking, number);
    if (grants.some(tellsWho)) addBit(said.telling, number);
  }
  return said;
}

export function controlGrants({ controlLevels }: Snapshot): readonly Grant[] {
  const levels = new Set([...controlLevels.values()].flatMap((control) => control.levels));
  return [...levels].flatMap(({ grants }) => grants);
}

export interface Said {
  readonly statement: Statement;
}

/** Could a statement tell who asks? */
export const tellsWho = (said: Said): boolean => said.statement.principals !== undefined || testsWho(said);

/** Does one of its conditions test who asks? */
export const testsWho = ({ statement }: Said): boolean =>
  statement.conditions.some(({ foldedKey }) => foldedKey === "acs:principalarn");
