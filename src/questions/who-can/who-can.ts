import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
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
import { decidedAs } from "../access/decision.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";
import type { LateRows } from "../access/late-rows.js";
import { plainQuestion } from "../access/plain-question.js";
import { refusalOf } from "../access/unreadable-value.js";
import { asksForDenials, NOT_A_PLAIN_NO } from "../access/verdict-rank.js";
import { type FoundAccess, type RowAt, rowsOf } from "./access-rows.js";
import { accountFilter } from "./asked-accounts.js";
import { candidatePolicies, candidatesAmong, directVerdicts } from "./direct-access.js";
import { outsideAccess } from "./outside-access.js";
import type { PrincipalAccess, PrincipalType, WhoCanScope } from "./principal-access.js";
import { addReached } from "./reached-access.js";
import type { VerdictSets } from "./settle-words.js";
import { verdictsApart } from "./verdicts-apart.js";
import { type Asked, verdictsByPolicies } from "./verdicts-by-policies.js";

export interface WhoCanAnswer {
  readonly rows: LateRows<PrincipalAccess>;
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
export function whoCan(snapshot: Snapshot, question: AccessQuestion, scope: WhoCanScope): Answer {
  return answerBy(verdictsOf, snapshot, question, scope);
}

/** The same answer, every principal decided. Yields before each. */
export function decideEach(snapshot: Snapshot, question: AccessQuestion, scope: WhoCanScope): Answer {
  return answerBy(verdictsOfEach, snapshot, question, scope);
}

type Answer = Generator<undefined, Taken<WhoCanAnswer>, undefined>;

/** Finds verdicts on what principals may do themselves. */
type FindVerdicts = (
  snapshot: Snapshot,
  question: AccessQuestion,
  asked: Asked,
) => Generator<undefined, Taken<VerdictSets>, undefined>;

/** Policy by policy, where these answer one by one and every value can be read. */
function* verdictsOf(snapshot: Snapshot, question: AccessQuestion, asked: Asked): ReturnType<FindVerdicts> {
  const plain = plainQuestion(snapshot, question);
  const isAsked = accountFilter(snapshot, asked.accountIds);
  if (plain === undefined) {
    const apart = yield* verdictsApart(snapshot, question, asked, isAsked);
    return apart ?? (yield* verdictsOfEach(snapshot, question, asked));
  }
  const sets = yield* verdictsByPolicies(snapshot, question, plain, asked, isAsked);
  return sets === undefined ? yield* verdictsOfEach(snapshot, question, asked) : { value: sets };
}

function* verdictsOfEach(snapshot: Snapshot, question: AccessQuestion, asked: Asked): ReturnType<FindVerdicts> {
  const wantsDenials = asksForDenials(asked.verdicts);
  const candidates = yield* candidatesAmong(snapshot, question, consideredBy(snapshot, asked), wantsDenials);
  return yield* directVerdicts(snapshot, question, candidates, asked.verdicts);
}

function* answerBy(find: FindVerdicts, snapshot: Snapshot, question: AccessQuestion, scope: WhoCanScope): Answer {
  const mayBeOutside = isGrantedByResources(snapshot, question.actions);
  const outside = mayBeOutside ? yield* outsideAccess(snapshot, question, scope) : [];
  const known = yield* scope.reach === "ASSUMED"
    ? knownByRoles(find, snapshot, question, scope)
    : knownDirectly(find, snapshot, question, scope);
  if ("refusal" in known) return known;
  const decisions = outside.map(({ decision }) => decision);
  const refused = decisions.length === 0 ? undefined : refusalOf(decisions, "");
  if (refused !== undefined) return refused;
  const wanted = outside.filter(({ decision }) => scope.verdicts.has(decision.verdict));
  const rows = yield* rowsOf(snapshot, { ...known.value, outside: wanted }, scope);
  return {
    value: new LateAnswer(rows, () => whoCanCoverage(snapshot, question, scope, candidatePolicies(snapshot, question))),
  };
}

/** Imported principals who were found. */
type Known = Generator<undefined, Taken<Omit<FoundAccess, "outside">>, undefined>;

function* knownDirectly(find: FindVerdicts, snapshot: Snapshot, question: AccessQuestion, asked: Asked): Known {
  const found = yield* find(snapshot, question, asked);
  if ("refusal" in found) return found;
  return { value: { sets: found.value, rowAt: rowsThemselves(snapshot, question) } };
}

/** Also those who get there by roles, whatever role can do it. */
function* knownByRoles(find: FindVerdicts, snapshot: Snapshot, question: AccessQuestion, scope: Asked): Known {
  const verdicts = new Set([...NOT_A_PLAIN_NO, ...scope.verdicts]);
  const found = yield* find(snapshot, question, { ...scope, verdicts });
  if ("refusal" in found) return found;
  const isEverybody = scope.types === undefined && scope.accountIds === undefined;
  const able = isEverybody ? found : yield* find(snapshot, question, { verdicts: NOT_A_PLAIN_NO, types: ROLES });
  if ("refusal" in able) return able;
  const both = { able: able.value, sets: found.value };
  const reached = yield* addReached(snapshot, question, both, consideredBy(snapshot, scope));
  if ("refusal" in reached) return reached;
  const itself = rowsThemselves(snapshot, question);
  const rowAt: RowAt = (place, verdict) => reached.value(place, verdict) ?? itself(place, verdict);
  return { value: { sets: found.value, rowAt } };
}

const ROLES: ReadonlySet<PrincipalType> = new Set(["ROLE"]);

/** Rows of those who do it themselves. */
function rowsThemselves(snapshot: Snapshot, question: AccessQuestion): RowAt {
  return (place, verdict) => {
    const principal = snapshot.principals[place];
    if (principal === undefined) throw new Error(`there is nobody at place ${place}`);
    return { principal, decision: decidedAs(snapshot, principal, question, verdict) };
  };
}

/** Of a class: an object with a getter of its own keeps what it knows alive until all of memory is swept. */
class LateAnswer implements WhoCanAnswer {
  declare readonly rows: LateRows<PrincipalAccess>;
  declare private readonly cover: () => AnswerCoverage;
  declare private found: AnswerCoverage | undefined;

  constructor(rows: LateRows<PrincipalAccess>, cover: () => AnswerCoverage) {
    this.rows = rows;
    this.cover = cover;
    this.found = undefined;
  }

  get coverage(): AnswerCoverage {
    this.found ??= this.cover();
    return this.found;
  }
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

function consideredBy(snapshot: Snapshot, scope: Asked): (principal: CompiledPrincipal) => boolean {
  const isAskedIn = accountFilter(snapshot, scope.accountIds);
  return (principal) => {
    const isAsked = isAskedIn(principal.accountId);
    if (!isAsked || scope.types === undefined) return isAsked;
    return scope.types.has(principal.kind) || (isServiceLinked(principal) && scope.types.has("SERVICE_LINKED_ROLE"));
  };
}
