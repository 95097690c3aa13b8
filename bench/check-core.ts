import type { Snapshot } from "../src/grants/snapshot.js";
import { decide, rule } from "../src/policy/decide.js";
import { askCan, askWhoCan } from "./core-figures.js";
import { questionsAbout } from "./questions.js";

/**
 * Holds what is fast against what is plain: the verdict of `can` against the judge asked by hand with every statement of the
 * principal, and rows of `whoCan` against `can` of each of some principals.
 *
 * @throws at the first that differs
 */
export function checkCore(snapshot: Snapshot): void {
  const questions = questionsAbout(snapshot, 300, 5);
  for (const question of questions) {
    const answer = askCan(snapshot, question);
    const [point] = answer.judged.actions.flatMap(({ points }) => points);
    if (point === undefined) throw new Error("a question about one resource was judged on none");
    const plain = rule(decide(point.request, { bounds: [], identity: answer.grants() })).verdict;
    if (plain !== answer.verdict) throw new Error(`${question.arn}: ${answer.verdict} instead of ${plain}`);
  }
  for (const question of questions.slice(0, 5)) {
    const verdicts = new Map(
      [...askWhoCan(snapshot, question)].map(({ decision }) => [decision.asker?.principal?.key, decision.verdict]),
    );
    for (const { principal } of questions) {
      const { verdict } = askCan(snapshot, { ...question, principal });
      const expected = verdict.endsWith("_DENY") ? undefined : verdict;
      if (verdicts.get(principal.key) !== expected) throw new Error(`whoCan and can differ about ${principal.arn}`);
    }
  }
}
