import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Verdict } from "../../policy/decide.js";
import { askerOf } from "../access/asker.js";
import { type Decision, decisionOf } from "../access/decision.js";
import { decideLate } from "../access/late-decision.js";
import { judgeInTurn } from "../assume/judge-in-turn.js";
import type { AssumePath, Trails } from "../assume/trails.js";
import type { AbleRoles } from "./able-roles.js";
import type { KnownAccess } from "./principal-access.js";

/** Roles that can do something, and how others get there. */
export interface Way {
  readonly trails: Trails;
  readonly targets: AbleRoles;
}

/** The decision about somebody whom roles lead there, at a place. */
export function decisionAlong({ trails, targets }: Way, place: number): Decision {
  return decidePath(targets, principalAt(targets, place), trails.pathOf(place), trails.endOf(place));
}

/** The row of one whose verdict is known: what explains it is worked out as it is read. */
export function accessAlong({ trails, targets }: Way, place: number, verdict: Verdict): KnownAccess {
  const principal = principalAt(targets, place);
  const path = trails.pathOf(place);
  const { snapshot, question } = targets;
  const asker = askerOf(snapshot, principal, () => grantsOf(snapshot, principal));
  const decision = decideLate({ snapshot, question, asker, via: namesOf(targets, path), verdict }, () =>
    decidePath(targets, principal, path, trails.endOf(place)),
  );
  return { principal, path, decision };
}

/** The decision on the last role, held back by every hop to it. */
function decidePath(targets: AbleRoles, principal: CompiledPrincipal, path: AssumePath, end: number): Decision {
  const { snapshot, question } = targets;
  const target = targets.decisionAt(end);
  const asker = askerOf(snapshot, principal, () => grantsOf(snapshot, principal));
  const judgement = judgeInTurn([...path.map((hop) => hop.decision), target]);
  const decision = decisionOf(snapshot, asker, question, { judgement, actions: target.judged.actions });
  return { ...decision, grants: () => target.grants(), via: namesOf(targets, path) };
}

function namesOf({ snapshot }: AbleRoles, path: AssumePath): readonly string[] {
  return path.map(({ to }) => snapshot.roles.get(to)?.name ?? to);
}

function principalAt({ snapshot }: AbleRoles, place: number): CompiledPrincipal {
  const principal = snapshot.principals[place];
  if (principal === undefined) throw new Error(`there is nobody at place ${place}`);
  return principal;
}
