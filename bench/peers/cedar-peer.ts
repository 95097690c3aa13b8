import type { Snapshot } from "../../src/grants/snapshot.js";
import { cedarOf } from "../../test/oracle/cedar.js";
import type { BenchQuestion } from "../questions.js";
import type { Timing } from "../stopwatch.js";
import { clockPlain, type PlainQuestion } from "./plain-questions.js";

/**
 * Cedar on the policies of one principal at a time, read beforehand. Questions about principals with conditions or resource
 * groups are left out.
 *
 * @throws when it gives another verdict than ours
 */
export function clockCedar(snapshot: Snapshot, questions: readonly BenchQuestion[], repeats: number): Timing {
  return clockPlain({ name: "Cedar", account: "111" }, snapshot, questions, prepare, repeats);
}

function prepare({ question, statements, arn }: PlainQuestion): () => string {
  const ask = cedarOf({ users: { me: ["all"] }, policies: { all: statements } });
  const request = { principal: "me", action: question.action, arn };
  return () => ask(request);
}
