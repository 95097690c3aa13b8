import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { isAllowedSomewhere } from "./allowed-for-certain.js";
import type { KindOfStep } from "./kinds-of-steps.js";
import type { Primitive } from "./primitive.js";
import type { Saying } from "./sayings.js";

/** What of a saying tells steps, and whoever takes them, apart. */
export type Counting = Pick<Saying, "number" | "patterns" | "tellsWho" | "tellsTarget">;

/** What of all that somebody's statements say of a kind of step can make a difference to its verdict. */
export function whatCounts(
  kind: KindOfStep,
  { accountId }: CompiledPrincipal,
  own: readonly Saying[],
  isBound: boolean,
): readonly Counting[] {
  const denying = own.find(({ deniesAll }) => deniesAll);
  if (denying !== undefined) return DENIED;
  if (!isBound && isOpenSomewhere(kind, accountId, own)) return SOME_ALLOWED;
  return lessWhatAddsNothing(kind.primitive, own);
}

const NOTHING_ELSE = { patterns: [], tellsWho: false, tellsTarget: false };

/** That some statement denies a call of the step, so that nothing else matters. */
const DENIED: readonly Counting[] = [{ number: -2, ...NOTHING_ELSE }];

/** That some statement allows the calls of a step somewhere. */
const SOME_ALLOWED: readonly Counting[] = [{ number: -1, ...NOTHING_ELSE }];

/**
 * Where something is unknown of a step, it matters only that its calls are no plain no. Those about some resource are none where
 * something allows them on one that nothing denies: whatever else is said, all such stand alike.
 */
function isOpenSomewhere({ primitive, calls }: KindOfStep, accountId: string, own: readonly Saying[]): boolean {
  if (primitive.unknown === undefined || !primitive.calls.every(({ on }) => on.includes("SOME"))) return false;
  const grants = own.map(({ grant }) => grant);
  return calls.every((anyOf) => isAllowedSomewhere(grants, anyOf, accountId));
}

/** Names of new things are tried in the order of the patterns that tell them apart; else the order of statements never matters. */
export function nameOfCounting(
  { index }: KindOfStep,
  { accountId, kind }: CompiledPrincipal,
  counting: readonly Counting[],
): string {
  const numbers = [...new Set(counting.map(({ number }) => number))];
  if (counting.every(({ patterns }) => patterns.length === 0)) numbers.sort((a, b) => a - b);
  return `${index} ${accountId} ${kind} ${numbers.join(" ")}`;
}

/** Beside what allows all of a step, other Allows add nothing to it; names of new things may be told apart by them. */
function lessWhatAddsNothing(primitive: Primitive, own: readonly Saying[]): readonly Saying[] {
  const all = own.length > 1 && !makesThings(primitive) ? own.find(({ allowsAll }) => allowsAll) : undefined;
  return all === undefined ? own : [all, ...own.filter(({ isAllow }) => !isAllow)];
}

function makesThings({ calls }: Primitive): boolean {
  return calls.some(({ on }) => on.some((each) => each.startsWith("NEW_")));
}
