import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { askerOf } from "../access/asker.js";
import { type Decision, decisionOf } from "../access/decision.js";
import { decideLate } from "../access/late-decision.js";
import { judgeInTurn } from "./judge-in-turn.js";
import type { AssumePath } from "./trails.js";

/** All hops together, decided for the first of them; what settles the last of them is the session's that makes it. */
export function alongPath(snapshot: Snapshot, path: AssumePath): Decision {
  const [first] = path;
  const last = path.at(-1);
  if (first === undefined || last === undefined) throw new Error("a path has no hop");
  const { question } = last.decision;
  const asker = askerOf(snapshot, first.from, () => grantsOf(snapshot, first.from));
  const via = path.slice(0, -1).map(({ to }) => snapshot.roles.get(to)?.name ?? to);
  return decideLate({ snapshot, question, asker, ...(via.length > 0 && { via }) }, () => {
    const judgement = judgeInTurn(path.map(({ decision }) => decision));
    const decision = decisionOf(snapshot, asker, question, { judgement, actions: last.decision.judged.actions });
    return { ...decision, grants: () => last.decision.grants() };
  });
}
