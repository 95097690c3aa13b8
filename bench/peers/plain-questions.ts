import type { Snapshot } from "../../src/grants/snapshot.js";
import type { Verdict } from "../../src/policy/decide.js";
import type { Statement } from "../../src/policy/document.js";
import type { PlainStatement } from "../../test/oracle/cedar.js";
import { askCan } from "../core-figures.js";
import type { BenchQuestion } from "../questions.js";
import { type Timing, timingOf } from "../stopwatch.js";

/** A question that hangs on neither conditions nor resource groups, with what others need to answer it. */
export interface PlainQuestion {
  readonly question: BenchQuestion;
  /** Of all policies that reach the principal, with the account as others take it. */
  readonly statements: readonly PlainStatement[];
  /** The ARN that is asked about, with the same account. */
  readonly arn: string;
  /** Ours. */
  readonly verdict: Verdict;
}

/**
 * Asks others the questions that they can answer, each so many times.
 *
 * @param account what stands for the account in patterns and ARNs
 * @param prepare makes what they need for a question beforehand; what it returns is timed, and gives a verdict
 * @throws when that is another than ours
 */
export function clockPlain(
  { name, account }: { readonly name: string; readonly account: string },
  snapshot: Snapshot,
  questions: readonly BenchQuestion[],
  prepare: (question: PlainQuestion) => () => string,
  repeats: number,
): Timing {
  const durations: number[] = [];
  for (const plain of questions.flatMap((question) => plainOf(snapshot, question, account) ?? [])) {
    const ask = prepare(plain);
    for (let repeat = 0; repeat < repeats; repeat++) {
      const start = performance.now();
      const verdict = ask();
      durations.push(performance.now() - start);
      if (verdict !== plain.verdict) throw new Error(`${name} says ${verdict} of ${plain.arn}, not ${plain.verdict}`);
    }
  }
  return timingOf(durations);
}

function plainOf(snapshot: Snapshot, question: BenchQuestion, account: string): PlainQuestion | undefined {
  const decision = askCan(snapshot, question);
  const grants = decision.grants();
  if (grants.some(({ statement, resourceGroupId }) => isOpen(statement) || resourceGroupId !== undefined))
    return undefined;
  const statements = grants.map(({ statement }) => plain(statement, account));
  return { question, statements, arn: question.arn.replace(ACCOUNT_ID, account), verdict: decision.verdict };
}

const ACCOUNT_ID = /\d{16}/;

const isOpen = ({ conditions, unreadable }: Statement) => conditions.length + unreadable.length > 0;

function plain({ effect, actions, resources }: Statement, account: string): PlainStatement {
  const what = textsOf(actions);
  const isNegated = actions !== "UNREADABLE" && actions.isNegated;
  return {
    Effect: effect === "ALLOW" ? "Allow" : "Deny",
    ...(isNegated ? { NotAction: what } : { Action: what }),
    Resource: textsOf(resources).map((text) => text.replace(ACCOUNT_ID, account)),
  };
}

function textsOf(element: Statement["actions"] | Statement["resources"]): readonly string[] {
  return element === "UNREADABLE" ? [] : element.patterns.map(({ text }) => text);
}
