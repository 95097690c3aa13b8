import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import type { Context } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import { outsider } from "../access/asker.js";
import { type Decision, decideFor } from "../access/decision.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";
import { isPlainNo } from "../assume/assume-edges.js";
import { assumeQuestion } from "../assume/assume-question.js";
import { type TrustingRoles, trustingRoles } from "../assume/trusting-roles.js";
import { type Abilities, abilitiesIn, policiesThatMatter } from "./abilities.js";
import { type Deciding, decideCalls } from "./decide-calls.js";
import { type Foothold, footholdOf } from "./foothold.js";
import { type Goal, type Goals, goalsOf } from "./goals.js";
import { memo } from "./memo.js";
import { ReachingSayings } from "./reaching-sayings.js";
import type { Decide } from "./standing.js";
import { Standings } from "./standings.js";
import { type Places, placesIn } from "./targets.js";

/** Everything that the searches of one question share. What was decided once is kept. */
export interface Search extends Deciding {
  readonly places: Places;
  readonly goals: Goals;
  readonly roles: TrustingRoles;
  readonly abilities: Abilities;
  readonly standings: Standings;
  readonly footholdOf: (principal: CompiledPrincipal) => Foothold;
}

/** Begins to search. Yields while it finds out who is an administrator, and who may try what. */
export function* startSearch(snapshot: Snapshot, context: Context, goal: Goal): Steps<Search> {
  const places = placesIn(snapshot);
  const roles = yield* trustingRoles(snapshot);
  const abilities = yield* abilitiesIn(snapshot);
  const goals = yield* goalsOf({ places, roles }, context, goal);
  const trustOf = trustIn(snapshot, context);
  const deciding = { snapshot, context, trustOf };
  const decide: Decide = function* ({ primitive }, from, target) {
    const decisions = yield* decideCalls(deciding, primitive, from, target);
    if (decisions === undefined) return undefined;
    return primitive.unknown === undefined ? worstOf(decisions) : "UNDETERMINED";
  };
  const sayings = new ReachingSayings(snapshot, yield* policiesThatMatter(snapshot));
  const standings = new Standings(snapshot, sayings, roles, decide);
  const standAt = (principal: CompiledPrincipal) => footholdOf(snapshot, principal);
  return { snapshot, context, places, goals, roles, abilities, standings, footholdOf: standAt, trustOf };
}

function trustIn(snapshot: Snapshot, context: Context): Search["trustOf"] {
  const trust = ([role, serviceName]: readonly [CompiledPrincipal, string]) => {
    const question = assumeQuestion(role, context);
    const decision = question && decideFor(snapshot, outsider({ kind: "SERVICE", serviceName }), question);
    return decision === undefined || isPlainNo(decision) ? undefined : decision;
  };
  const trusts = memo(([{ key }, service]) => `${key} ${service}`, trust);
  return (role, service) => trusts([role, service]);
}

function worstOf(decisions: readonly Decision[]): Verdict {
  const [worst] = decisions.map(({ verdict }) => verdict).toSorted((a, b) => VERDICT_RANK[a] - VERDICT_RANK[b]);
  return worst ?? "ALLOWED";
}
