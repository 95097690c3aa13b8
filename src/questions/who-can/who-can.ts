import { type CompiledPrincipal, compareArns } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import { CATALOG_ACCOUNT, type Key } from "../../inventory/keys.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import type { AccessQuestion, Taken } from "../access/access-question.js";
import {
  type AnswerCoverage,
  accountsNotImported,
  coverageOf,
  ownersNotImported,
  unknownActions,
} from "../access/coverage.js";
import { plainQuestion } from "../access/plain-question.js";
import { refusalOf } from "../access/unreadable-value.js";
import { asksForDenials, VERDICT_RANK } from "../access/verdict-rank.js";
import { accessByPolicies } from "./access-by-policies.js";
import { type AccessRows, rowsOf } from "./access-rows.js";
import { accountFilter } from "./asked-accounts.js";
import { candidatePolicies, candidatesAmong, directAccess, directVerdicts, principalsWhere } from "./direct-access.js";
import { outsideAccess } from "./outside-access.js";
import type { KnownAccess, PrincipalAccess, WhoCanScope } from "./principal-access.js";
import { reachedAccess } from "./reached-access.js";
import { arrange, sortAccess } from "./sort-access.js";

export interface WhoCanAnswer {
  readonly rows: AccessRows;
  /** Worked out when it is read. */
  readonly coverage: AnswerCoverage;
}

/**
 * Which principals may do this? The index proposes the policies that may say something about the actions; only principals
 * that one of them reaches are decided, the others are denied, by silence or by a layer that binds everybody. Imported
 * principals come in the order of ARNs, then those outside. Where policies answer one by one, principals are not decided one
 * by one: their decisions are worked out as they are read. Else yields before each decision, so that whoever drives it can let
 * others in.
 */
export function* whoCan(
  snapshot: Snapshot,
  question: AccessQuestion,
  scope: WhoCanScope,
): Generator<undefined, Taken<WhoCanAnswer>, undefined> {
  // Nobody outside is named in answers to plain questions, for only resources' own policies name such.
  const plain = scope.reach === "DIRECT" ? plainQuestion(snapshot, question) : undefined;
  const rows =
    plain === undefined
      ? undefined
      : yield* accessByPolicies(snapshot, question, plain, scope, accountFilter(snapshot, scope.accountIds));
  if (rows === undefined) return yield* decideEach(snapshot, question, scope);
  return { value: answerOf(snapshot, question, scope, rows) };
}

/** Of a class: an object with a getter of its own keeps what it knows alive until all of memory is swept. */
class LateAnswer implements WhoCanAnswer {
  declare readonly rows: AccessRows;
  declare private readonly cover: () => AnswerCoverage;
  declare private found: AnswerCoverage | undefined;

  constructor(rows: AccessRows, cover: () => AnswerCoverage) {
    this.rows = rows;
    this.cover = cover;
    this.found = undefined;
  }

  get coverage(): AnswerCoverage {
    this.found ??= this.cover();
    return this.found;
  }
}

function answerOf(snapshot: Snapshot, question: AccessQuestion, scope: WhoCanScope, rows: AccessRows): WhoCanAnswer {
  return new LateAnswer(rows, () => whoCanCoverage(snapshot, question, scope, candidatePolicies(snapshot, question)));
}

/** The same answer, every principal decided. Yields before each. */
export function* decideEach(
  snapshot: Snapshot,
  question: AccessQuestion,
  scope: WhoCanScope,
): Generator<undefined, Taken<WhoCanAnswer>, undefined> {
  const wantsDenials = asksForDenials(scope.verdicts);
  const candidates = yield* candidatesAmong(snapshot, question, consideredBy(snapshot, scope), wantsDenials);
  const outside = yield* outsideAccess(snapshot, question, scope);
  if (scope.reach === "ASSUMED" || outside.length > 0)
    return yield* decideRows(snapshot, question, scope, { candidates, outside });
  const sets = yield* directVerdicts(snapshot, question, candidates, scope.verdicts);
  if ("refusal" in sets) return sets;
  const rows = yield* rowsOf(snapshot, question, sets.value, scope.verdicts, scope.order);
  return { value: answerOf(snapshot, question, scope, rows) };
}

/** Who is decided. */
interface Asked {
  readonly candidates: readonly CompiledPrincipal[];
  readonly outside: readonly PrincipalAccess[];
}

/** The same by a row for each, where there is more to one than a verdict. */
function* decideRows(
  snapshot: Snapshot,
  question: AccessQuestion,
  scope: WhoCanScope,
  { candidates, outside }: Asked,
): Generator<undefined, Taken<WhoCanAnswer>, undefined> {
  const direct = yield* directAccess(snapshot, question, candidates);
  const known = scope.reach === "ASSUMED" ? yield* withReached(snapshot, question, scope, direct) : direct;
  yield undefined;
  const decided = [...known, ...outside];
  const refusal = yield* refusalAmong(decided);
  if (refusal !== undefined) return refusal;
  yield undefined;
  const rows: PrincipalAccess[] = [];
  for (const [at, row] of decided.entries()) {
    if (at % STEP === 0) yield undefined;
    if (scope.verdicts.has(row.decision.verdict)) rows.push(row);
  }
  return { value: answerOf(snapshot, question, scope, yield* sortAccess(rows, scope.order)) };
}

/** How many rows are looked at before others get their turn. */
const STEP = 5_000;

/** All have been decided before. */
function* refusalAmong(
  rows: readonly PrincipalAccess[],
): Generator<undefined, ReturnType<typeof refusalOf>, undefined> {
  for (const [at, { decision }] of rows.entries()) {
    if (at % STEP === 0) yield undefined;
    if (decision.unreadableValues.length > 0) return refusalOf([decision], "");
  }
  return undefined;
}

/** Those who get there by roles as well. Of two ways the better counts; doing it oneself goes before getting there. */
function* withReached(
  snapshot: Snapshot,
  question: AccessQuestion,
  scope: WhoCanScope,
  direct: readonly KnownAccess[],
): Generator<undefined, readonly KnownAccess[], undefined> {
  const considered = yield* principalsWhere(snapshot, consideredBy(snapshot, scope));
  const reached = yield* reachedAccess(snapshot, question, considered);
  const best = new Map<Key, KnownAccess>();
  for (const rows of [direct, reached]) {
    for (const [at, row] of rows.entries()) {
      if (at % STEP === 0) yield undefined;
      const own = best.get(row.principal.key);
      if (own === undefined || rankOf(row) > rankOf(own)) best.set(row.principal.key, row);
    }
  }
  return yield* arrange([...best.values()], (a, b) => compareArns(a.principal, b.principal));
}

function rankOf({ decision }: PrincipalAccess): number {
  return VERDICT_RANK[decision.verdict];
}

function whoCanCoverage(
  snapshot: Snapshot,
  question: AccessQuestion,
  scope: WhoCanScope,
  policies: ReadonlySet<Key>,
): AnswerCoverage {
  const accountIds = accountsAsked(snapshot, scope);
  const services = new Set(question.actions.parts.map(({ name }) => serviceOfAction(name)));
  const reachesOut = scope.reach === "ASSUMED";
  const { gaps } = coverageOf(snapshot, { accountIds, services, policies, reachesOut });
  const named = [...accountsNotImported(snapshot, scope.accountIds ?? new Set()), ...unknownActions(question)];
  const owners = accountIds.size === 0 ? [] : ownersNotImported(snapshot, question.resource);
  return { gaps: [...named, ...gaps, ...owners] };
}

/** Also those in which nobody is known: that may be for want of the lists of users and roles. */
function accountsAsked({ accounts }: Snapshot, { accountIds }: WhoCanScope): ReadonlySet<string> {
  const imported = [...accounts.keys()].filter((id) => id !== CATALOG_ACCOUNT);
  return new Set(imported.filter((id) => accountIds?.has(id) ?? true));
}

function consideredBy(snapshot: Snapshot, scope: WhoCanScope): (principal: CompiledPrincipal) => boolean {
  const isAskedIn = accountFilter(snapshot, scope.accountIds);
  return (principal) => {
    const isAsked = isAskedIn(principal.accountId);
    if (!isAsked || scope.types === undefined) return isAsked;
    return scope.types.has(principal.kind) || (isServiceLinked(principal) && scope.types.has("SERVICE_LINKED_ROLE"));
  };
}
