import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Verdict } from "../../policy/decide.js";
import { askerOf } from "../access/asker.js";
import { type Decision, decisionOf } from "../access/decision.js";
import { decideLate } from "../access/late-decision.js";
import { judgeInTurn } from "./judge-in-turn.js";
import type { AssumePath } from "./trails.js";

/** Somebody, the roles that are assumed one after the other, and what the session of the last of them does. */
export interface SessionAct {
  readonly from: CompiledPrincipal;
  readonly hops: AssumePath;
  /** The decision on the last role itself. */
  readonly act: Decision;
}

/** The act held back by every hop to it; what settles it is the session's that does it. */
export function decideAlong(session: SessionAct): Decision {
  const { hops, act } = session;
  const judgement = judgeInTurn([...hops.map(({ decision }) => decision), act]);
  const decision = decisionOf(act.snapshot, askerAt(session), act.question, { judgement, actions: act.judged.actions });
  return { ...decision, grants: () => act.grants(), ...viaOf(session) };
}

/**
 * The same, worked out as it is read.
 *
 * @param verdict where it is known
 */
export function decideAlongLate(session: SessionAct, verdict?: Verdict): Decision {
  const { snapshot, question } = session.act;
  const foreseen = { snapshot, question, asker: askerAt(session), verdict, ...viaOf(session) };
  return decideLate(foreseen, () => decideAlong(session));
}

/** Of a path to a role: its last hop is what the session of the role before does. */
export function alongPath(path: AssumePath): Decision {
  const [first, last] = [path[0], path.at(-1)];
  if (first === undefined || last === undefined) throw new Error("a path has no hop");
  return decideAlongLate({ from: first.from, hops: path.slice(0, -1), act: last.decision });
}

function askerAt({ from, act: { snapshot } }: SessionAct) {
  return askerOf(snapshot, from, () => grantsOf(snapshot, from));
}

function viaOf({ hops, act: { snapshot } }: SessionAct): Pick<Decision, "via"> {
  return hops.length === 0 ? {} : { via: hops.map(({ to }) => snapshot.roles.get(to)?.name ?? to) };
}
