import { planOf } from "../../grants/action-plan.js";
import type { Bits } from "../../grants/bits.js";
import { type AccountRange, type PrincipalRanges, rangesInSteps } from "../../grants/principal-ranges.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import type { AccessQuestion } from "../access/access-question.js";
import type { PlainQuestion } from "../access/plain-question.js";
import { Probe } from "../access/probe.js";
import { asksForDenials } from "../access/verdict-rank.js";
import { decideByTests } from "./decide-by-tests.js";
import { decideLeft, type ProbeOf } from "./decide-left.js";
import { kindAsked, kindPartOf } from "./kind-part.js";
import type { WhoCanScope } from "./principal-access.js";
import { ScopeStandings } from "./scope-standing.js";
import { settle } from "./settle.js";
import type { VerdictSets } from "./settle-words.js";
import { steadyPartOf } from "./steady-part.js";
import { rangeAt, tallyQuestion } from "./tally.js";

/** Who is asked about, and which verdicts are to be found. */
export type Asked = Pick<WhoCanScope, "verdicts" | "types" | "accountIds">;

/**
 * Who may do it, found policy by policy: each is weighed once for each account, and principals are only counted together. Where
 * policies leave it open, each distinct set of them is decided once. Yields before each that is, and while statements are found.
 *
 * @param plain the question, if it is one that policies answer one by one
 * @param isAsked whether the principals of an account are asked about
 * @returns undefined when a value of the question cannot be read; what to say of it takes a decision
 */
export function* verdictsByPolicies(
  snapshot: Snapshot,
  question: AccessQuestion,
  plain: PlainQuestion,
  scope: Asked,
  isAsked: (accountId: string) => boolean,
): Generator<undefined, VerdictSets | undefined, undefined> {
  const people = yield* rangesInSteps(snapshot.principals);
  const probeOf = probesOf(snapshot, question, plain);
  const askingAs = (range: AccountRange) => {
    const probe = probeOf(range.accountId, range.accountId === CATALOG_ACCOUNT);
    return { range, probe, standings: new ScopeStandings(snapshot.reach, probe.membership()) };
  };
  const ranges = people.accounts.filter(({ accountId }) => isAsked(accountId)).map(askingAs);
  if (ranges.some(({ probe }) => probe.passage() === "ASK")) return undefined;
  yield undefined;
  const plan = yield* planOf(snapshot, plain.action.folded);
  yield undefined;
  const isLost = ranges.every(({ standings }) => standings.isLost);
  const { context } = question;
  const wanted = { isLost, wantsDenials: asksForDenials(scope.verdicts) };
  const foldedAction = plain.action.folded;
  const whatever = yield* steadyPartOf(snapshot, plan, { foldedAction, context }, wanted);
  const steady = yield* kindPartOf(snapshot, whatever, { foldedAction, context, kind: kindAsked(ranges), wanted });
  const own = yield* tallyQuestion(steady, plain.resource, snapshot.reach, ranges, people.nobody);
  own.leave(plan.stale);
  yield undefined;
  const settled = settle({ steady, own }, ranges, {
    who: askedAbout(people, scope),
    isEveryone: scope.types === undefined && scope.accountIds === undefined,
    exempt: people.serviceLinked,
    wanted: scope.verdicts,
  });
  const { sets, left } = settled;
  const found = yield* decideLeft(snapshot, question, left, { probeOf, speaking: plan.speaking });
  if (found === undefined) return undefined;
  for (const { place, verdict } of found) sets[verdict].add(place);
  yield* decideByTests([steady.tally, own], settled, (place) => rangeAt(ranges, place)?.probe.isForeign ?? false);
  own.end();
  steady.end();
  return sets;
}

function probesOf(snapshot: Snapshot, question: AccessQuestion, plain: PlainQuestion): ProbeOf {
  const [bound, exempt] = [new Map<string, Probe>(), new Map<string, Probe>()];
  return (accountId, isServiceLinked) => {
    const probes = isServiceLinked ? exempt : bound;
    const probe = probes.get(accountId) ?? new Probe(snapshot, question, plain, accountId, isServiceLinked);
    probes.set(accountId, probe);
    return probe;
  };
}

/** Principals of the kinds that are asked about, all accounts together. */
function askedAbout({ everyone, users, roles, serviceLinked }: PrincipalRanges, { types }: Asked): Bits {
  if (types === undefined) return everyone;
  const kinds = [
    ...(types.has("USER") ? [users] : []),
    ...(types.has("ROLE") ? [roles] : []),
    ...(types.has("SERVICE_LINKED_ROLE") ? [serviceLinked] : []),
  ];
  return everyone.map((_, word) => kinds.reduce((asked, kind) => asked | (kind[word] ?? 0), 0));
}
