import type { Snapshot } from "../../src/grants/snapshot.js";
import type { Statement } from "../../src/policy/document.js";
import { type CedarWorld, cedarOf, type PlainStatement } from "../../test/oracle/cedar.js";
import { askCan } from "../core-figures.js";
import type { BenchQuestion } from "../questions.js";
import { type Timing, timingOf } from "../stopwatch.js";

/**
 * Cedar on the policies of one principal at a time, read beforehand. Questions about principals with conditions or resource
 * groups are left out.
 *
 * @throws when it gives another verdict than ours
 */
export function clockCedar(snapshot: Snapshot, questions: readonly BenchQuestion[], repeats: number): Timing {
  const durations: number[] = [];
  for (const question of questions) {
    const decision = askCan(snapshot, question);
    const grants = decision.grants();
    if (grants.some(({ statement, resourceGroupId }) => isOpen(statement) || resourceGroupId !== undefined)) continue;
    const world: CedarWorld = {
      users: { me: ["all"] },
      policies: { all: grants.map(({ statement }) => plain(statement)) },
    };
    const ask = cedarOf(world);
    const request = { principal: "me", action: question.action, arn: question.arn.replace(/\d{16}/, "111") };
    for (let repeat = 0; repeat < repeats; repeat++) {
      const start = performance.now();
      const verdict = ask(request);
      durations.push(performance.now() - start);
      if (verdict !== decision.verdict) throw new Error(`Cedar says ${verdict} of ${question.arn}`);
    }
  }
  return timingOf(durations);
}

const isOpen = ({ conditions, unreadable }: Statement) => conditions.length + unreadable.length > 0;

function plain({ effect, actions, resources }: Statement): PlainStatement {
  const [what, where] = [textsOf(actions), textsOf(resources).map((text) => text.replace(/\d{16}/, "111"))];
  const isNegated = actions !== "UNREADABLE" && actions.isNegated;
  return {
    Effect: effect === "ALLOW" ? "Allow" : "Deny",
    ...(isNegated ? { NotAction: what } : { Action: what }),
    Resource: where,
  };
}

function textsOf(element: Statement["actions"] | Statement["resources"]): readonly string[] {
  return element === "UNREADABLE" ? [] : element.patterns.map(({ text }) => text);
}
