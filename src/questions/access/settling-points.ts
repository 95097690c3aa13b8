import type { Judgement } from "../../policy/decide.js";
import { solve } from "../../policy/logic/solve.js";
import type { JudgedAccess, JudgedAction, JudgedPoint } from "./judge-access.js";

/** The requests that a question came down to: for each action the resource that came out worst, or best where any suffices. */
export function settlingPoints({ actions }: JudgedAccess): readonly JudgedPoint[] {
  return actions.flatMap((action) => settlingPoint(action) ?? []);
}

const RANK = { NEVER: 0, UNDETERMINED: 1, SOMETIMES: 2, ALWAYS: 3 } as const;

function settlingPoint({ points, shared, choice }: JudgedAction): JudgedPoint | undefined {
  const sign = choice.form === "SOME" ? -1 : 1;
  const ranked = points.map((point, i) => ({ point, rank: sign * rankOf(shared[i] ?? point.judgement) }));
  return ranked.sort((left, right) => left.rank - right.rank)[0]?.point;
}

/** A denial by a statement is worse than one by silence. */
function rankOf(judgement: Judgement): number {
  const rank = RANK[solve(judgement.allowed).outcome];
  return rank === 0 && solve(judgement.denied).outcome === "ALWAYS" ? -1 : rank;
}
