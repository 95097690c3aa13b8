import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { actionKey, type Key } from "../../inventory/keys.js";
import type { RequestResource, ResourcePattern } from "../../policy/arn.js";
import { OPEN_CONTEXT } from "../../policy/conditions/context.js";
import { type Judgement, rule, type Verdict } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";
import { FALSE } from "../../policy/logic/formula.js";
import type { AccessQuestion, ResourceChoice } from "../access/access-question.js";
import { type Asker, askerOf } from "../access/asker.js";
import { assumesRole } from "../access/assume-role.js";
import { type Decision, decideAbsentPrincipal, decideAccess } from "../access/decision.js";
import { dividingGrants, judgeAccess } from "../access/judge-access.js";
import { liesElsewhere, type ResourcesToJudge, resourcesToJudge, roleToJudge } from "../access/resources-to-judge.js";
import { SOME_RESOURCE } from "../permissions/permissions.js";
import type { Pair, Side } from "./access-change.js";

/** How many roles are looked at, and on how many resources somebody is judged, before others get their turn. */
const [STEP, JUDGED] = [1_000, 50];

/** Resources that neither side tells apart, and what each says of one of them. */
export interface Cell {
  readonly resource: RequestResource;
  readonly base: JudgedCell;
  readonly head: JudgedCell;
}

/** All cells, or as many as were told apart. */
export interface Cells {
  readonly cells: readonly Cell[];
  /** False where there may be resources that none of these stands for. */
  readonly isExact: boolean;
}

export interface JudgedCell {
  readonly verdict: Verdict;
  readonly judgement: Judgement;
}

/**
 * All resources, or those of a set, cut by the patterns of both sides together; one of each cell is asked about on both. Yields now and
 * then: patterns by the hundred take some time to be told apart, and there may be tens of thousands of roles to be assumed.
 */
export function* judgeCells(pair: Pair, action: string, of: ResourceChoice = SOME_RESOURCE): Steps<Cells> {
  const { base, head } = pair;
  const [before, after] = [askerIn(base), askerIn(head)];
  const isOneAccount = base.principal.accountId === head.principal.accountId;
  const isAboutRoles = assumesRole(action) && of === SOME_RESOURCE;
  const dividing = isAboutRoles ? [] : dividingBoth(pair, before, after, questionAbout(action, of));
  const inCells = function* ({ snapshot }: Side, asker: Asker) {
    const { resources, isExact } = isAboutRoles
      ? yield* rolesToCompare(snapshot, pair.roles)
      : yield* resourcesToJudge(snapshot, asker.caller, action, of, dividing);
    const named = isOneAccount ? resources : resources.map((resource) => inOpenAccount(resource, asker));
    return { named: new Map(named.map((resource) => [resource.folded, resource])), isExact };
  };
  const mine = yield* inCells(base, before);
  yield undefined;
  const theirs = yield* inCells(head, after);
  const resources = new Map([...mine.named, ...theirs.named]);
  const left = yield* judgeEach(base, before, action, resources, mine.named);
  const right = yield* judgeEach(head, after, action, resources, theirs.named);
  const cells = [...resources].map(([name, resource]) => ({
    resource,
    base: left.get(name) ?? NOTHING,
    head: right.get(name) ?? NOTHING,
  }));
  return { cells, isExact: mine.isExact && theirs.isExact };
}

/** What tells resources apart on either side. */
function dividingBoth(
  { base, head }: Pair,
  before: Asker,
  after: Asker,
  question: AccessQuestion,
): readonly (readonly Grant[])[] {
  return [dividingGrants(base.snapshot, before, question), dividingGrants(head.snapshot, after, question)];
}

/** @param only left out, all */
function* rolesToCompare({ roles }: Snapshot, only: ReadonlySet<Key> | undefined): Steps<ResourcesToJudge> {
  const resources: RequestResource[] = [];
  let looked = 0;
  for (const key of only ?? roles.keys()) {
    if (++looked % STEP === 0) yield undefined;
    const role = roles.get(key);
    const resource = role && roleToJudge(role);
    if (resource !== undefined) resources.push(resource);
  }
  return { resources, isExact: true };
}

/** The decision of one side on SOME resource of a pattern. */
export function decideOn({ snapshot, principal, isAbsent }: Side, action: string, pattern: ResourcePattern): Decision {
  const question = questionAbout(action, someOf(pattern));
  if (isAbsent) return decideAbsentPrincipal(snapshot, principal, question);
  return decideAccess(snapshot, principal, question);
}

/** The resources of a pattern, of which some is asked about. */
export function someOf(pattern: ResourcePattern): ResourceChoice {
  if (pattern.form === "ANY") return SOME_RESOURCE;
  return { form: "SOME", patterns: [pattern], text: `some resource of ${pattern.text}` };
}

function questionAbout(action: string, resource: ResourceChoice): AccessQuestion {
  const parts = [{ name: action, key: actionKey(action) }];
  return { actions: { mode: "ALL", parts, text: action }, resource, context: OPEN_CONTEXT, remarks: [] };
}

function askerIn({ snapshot, principal, isAbsent }: Side): Asker {
  return askerOf(snapshot, principal, () => (isAbsent ? [] : grantsOf(snapshot, principal)));
}

const NOTHING: JudgedCell = {
  verdict: "IMPLICIT_DENY",
  judgement: { allowed: FALSE, denied: FALSE, layers: [], unreadableValues: [] },
};

type Resources = ReadonlyMap<string, RequestResource>;

/** By the resource's name. Of roles only those that this side has can be assumed, and a bucket is where this side has it. */
function* judgeEach(
  { snapshot, isAbsent }: Side,
  asker: Asker,
  action: string,
  all: Resources,
  own: Resources,
): Steps<ReadonlyMap<string, JudgedCell>> {
  const judged = new Map<string, JudgedCell>();
  const known = [...(assumesRole(action) ? own : all).values()];
  const asked = isAbsent ? [] : known.filter((resource) => !liesElsewhere(snapshot, resource));
  for (let at = 0; at < asked.length; at += JUDGED) {
    yield undefined;
    const resources = asked.slice(at, at + JUDGED);
    const { actions } = judgeAccess(snapshot, asker, questionAbout(action, { form: "EACH", resources, text: "" }));
    for (const [i, { judgement }] of (actions[0]?.points ?? []).entries()) {
      judged.set(resources[i]?.folded ?? "", { verdict: rule(judgement).verdict, judgement });
    }
  }
  return judged;
}

/** Principals of two accounts are held against each other each in their own. */
function inOpenAccount(resource: RequestResource, { caller }: Asker): RequestResource {
  const { segments } = resource;
  if (segments === undefined || segments[3] !== caller.accountId) return resource;
  const [partition, service, region, , relativeId] = segments;
  const open = [partition, service, region, "*", relativeId] as const;
  return { text: open.join(":"), segments: open, folded: open.join(":") };
}
