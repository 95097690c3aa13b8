import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Steps } from "../../grants/steps.js";
import type { Verdict } from "../../policy/decide.js";
import type { Decision } from "../access/decision.js";
import { decideAlong, decideAlongLate, type SessionAct } from "../assume/along-path.js";
import { AccessByRoles } from "../assume/led-by-roles.js";
import type { AssumePath, Trails } from "../assume/trails.js";
import type { AbleRoles } from "./able-roles.js";
import type { KnownAccess } from "./principal-access.js";

/** Roles that can do something, and how others get there. */
export interface Way {
  readonly trails: Trails;
  readonly targets: AbleRoles;
}

/** The decision about somebody whom roles lead there, at a place. Yields on a long way. */
export function* decisionAlong(way: Way, place: number): Steps<Decision> {
  return decideAlong(sessionOf(way, place, yield* way.trails.judgedPathOf(place)));
}

/** The row of one whose verdict is known: what explains it is worked out as it is read. */
export function accessAlong(way: Way, place: number, verdict: Verdict): KnownAccess {
  const findWay = () => way.trails.judgedPathOf(place);
  const decide = (path: AssumePath) => decideAlongLate(sessionOf(way, place, path), verdict);
  return new AccessByRoles(principalAt(way.targets, place), findWay, decide);
}

function sessionOf({ trails, targets }: Way, place: number, hops: AssumePath): SessionAct {
  return { from: principalAt(targets, place), hops, act: targets.decisionAt(trails.endOf(place)) };
}

function principalAt({ snapshot }: AbleRoles, place: number): CompiledPrincipal {
  const principal = snapshot.principals[place];
  if (principal === undefined) throw new Error(`there is nobody at place ${place}`);
  return principal;
}
