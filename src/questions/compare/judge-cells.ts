import { grantsOf } from "../../grants/grants-of.js";
import { actionKey } from "../../inventory/keys.js";
import type { RequestResource, ResourcePattern } from "../../policy/arn.js";
import { OPEN_CONTEXT } from "../../policy/conditions/context.js";
import { type Judgement, rule, type Verdict } from "../../policy/decide.js";
import { FALSE } from "../../policy/logic/formula.js";
import type { AccessQuestion, ResourceChoice } from "../access/access-question.js";
import { type Asker, askerOf } from "../access/asker.js";
import { assumesRole } from "../access/assume-role.js";
import { type Decision, decideAbsentPrincipal, decideAccess } from "../access/decision.js";
import { dividingGrants, judgeAccess } from "../access/judge-access.js";
import { resourcesToJudge } from "../access/resources-to-judge.js";
import { SOME_RESOURCE } from "../permissions/permissions.js";
import type { Pair, Side } from "./access-change.js";

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
 * All resources, or those of a set, cut by the patterns of both sides together; one of each cell is asked about on both. Yields between the
 * sides, as patterns by the hundred take some time to be told apart.
 */
export function* judgeCells(
  { base, head }: Pair,
  action: string,
  of: ResourceChoice = SOME_RESOURCE,
): Generator<undefined, Cells, undefined> {
  const question = questionAbout(action, of);
  const [before, after] = [askerIn(base), askerIn(head)];
  const sides = [dividingGrants(base.snapshot, before, question), dividingGrants(head.snapshot, after, question)];
  const isOneAccount = base.principal.accountId === head.principal.accountId;
  const inCells = ({ snapshot }: Side, asker: Asker) => {
    const { resources, isExact } = resourcesToJudge(snapshot, asker.caller, action, of, sides);
    const named = isOneAccount ? resources : resources.map((resource) => inOpenAccount(resource, asker));
    return { named: new Map(named.map((resource) => [resource.folded, resource])), isExact };
  };
  const mine = inCells(base, before);
  yield undefined;
  const theirs = inCells(head, after);
  const resources = new Map([...mine.named, ...theirs.named]);
  yield undefined;
  const left = judgeEach(base, before, action, resources, mine.named);
  yield undefined;
  const right = judgeEach(head, after, action, resources, theirs.named);
  const cells = [...resources].map(([name, resource]) => ({
    resource,
    base: left.get(name) ?? NOTHING,
    head: right.get(name) ?? NOTHING,
  }));
  return { cells, isExact: mine.isExact && theirs.isExact };
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

/** By the resource's name. Of roles only those that this side has can be assumed. */
function judgeEach(
  { snapshot, isAbsent }: Side,
  asker: Asker,
  action: string,
  all: Resources,
  own: Resources,
): ReadonlyMap<string, JudgedCell> {
  const resources = [...(assumesRole(action) ? own : all).values()];
  if (isAbsent || resources.length === 0) return new Map();
  const { actions } = judgeAccess(snapshot, asker, questionAbout(action, { form: "EACH", resources, text: "" }));
  const points = actions[0]?.points ?? [];
  return new Map(
    points.flatMap(({ judgement }, i) => {
      const name = resources[i]?.folded;
      return name === undefined ? [] : [[name, { verdict: rule(judgement).verdict, judgement }] as const];
    }),
  );
}

/** Principals of two accounts are held against each other each in their own. */
function inOpenAccount(resource: RequestResource, { caller }: Asker): RequestResource {
  const { segments } = resource;
  if (segments === undefined || segments[3] !== caller.accountId) return resource;
  const [partition, service, region, , relativeId] = segments;
  const open = [partition, service, region, "*", relativeId] as const;
  return { text: open.join(":"), segments: open, folded: open.join(":") };
}
