import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import type { Context } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import { outsider } from "../access/asker.js";
import { type Decision, decideFor } from "../access/decision.js";
import { isPlainNo } from "../assume/assume-edges.js";
import { assumeQuestion } from "../assume/assume-question.js";
import { administratorDecision } from "./administrator.js";
import { type Foothold, footholdOf } from "./foothold.js";
import { type Likeness, likenessIn } from "./likeness.js";
import { memo } from "./memo.js";
import type { PrimitiveTarget } from "./primitive.js";
import { type Places, type StepTarget, targetsOf } from "./targets.js";

/** What a path has to lead to: one user or role; absent, an administrator of any account. */
export type Goal = Key | undefined;

/** Somebody who is there, and the decision that says so; that is absent where a certain principal was the goal. */
export interface Arrival {
  readonly decision?: Decision;
}

/** Everything that the searches of one question share. What was decided once is kept. */
export interface Search {
  readonly snapshot: Snapshot;
  readonly context: Context;
  readonly goal: Goal;
  /** Is the foothold what the question is after? */
  readonly arrivalAt: (foothold: Foothold) => Arrival | undefined;
  readonly footholdOf: (principal: CompiledPrincipal) => Foothold;
  /** What a step of some kind can be aimed at from a foothold. */
  readonly targetsOf: (kind: PrimitiveTarget, from: Foothold) => Generator<undefined, readonly StepTarget[], undefined>;
  /** Steps of equal texts have equal verdicts. */
  readonly likeness: Likeness;
  readonly decideOnce: (likeness: string, decide: () => Verdict | undefined) => Verdict | undefined;
  /** Does the role trust the service? Undefined for a plain no. */
  readonly trustOf: (role: CompiledPrincipal, service: string) => Decision | undefined;
}

export function startSearch(snapshot: Snapshot, context: Context, goal: Goal): Search {
  const places: Places = { snapshot, found: new Map() };
  const arrive = (foothold: Foothold): Arrival | undefined => {
    if (goal !== undefined) return foothold.principal.key === goal ? {} : undefined;
    const decision = administratorDecision(snapshot, foothold, context);
    return decision && { decision };
  };
  const trust = (role: CompiledPrincipal, serviceName: string) => {
    const question = assumeQuestion(role, context);
    const decision = question && decideFor(snapshot, outsider({ kind: "SERVICE", serviceName }), question);
    return decision === undefined || isPlainNo(decision) ? undefined : decision;
  };
  const footholds = memo(
    ({ key }: CompiledPrincipal) => key,
    (principal) => footholdOf(snapshot, principal),
  );
  const trusts = memo(
    ([role, service]: readonly [CompiledPrincipal, string]) => `${role.key} ${service}`,
    ([role, service]) => trust(role, service),
  );
  return {
    snapshot,
    context,
    goal,
    arrivalAt: memo(({ key }: Foothold) => key, arrive),
    footholdOf: footholds,
    targetsOf: (kind, from) => targetsOf(places, kind, from),
    likeness: likenessIn(snapshot),
    decideOnce: verdicts(),
    trustOf: (role, service) => trusts([role, service]),
  };
}

/** Verdicts that are kept; beyond so many all are forgotten, as they cost more memory than they save time. */
const MAX_KEPT = 100_000;

function verdicts(): Search["decideOnce"] {
  const known = new Map<string, Verdict | "NO">();
  return (likeness, decide) => {
    const found = known.get(likeness) ?? decide() ?? "NO";
    if (known.size >= MAX_KEPT) known.clear();
    known.set(likeness, found);
    return found === "NO" ? undefined : found;
  };
}
