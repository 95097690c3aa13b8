import type { Snapshot } from "../src/grants/snapshot.js";
import { finish } from "../src/grants/steps.js";
import { updateSnapshot } from "../src/grants/update-snapshot.js";
import type { Taken } from "../src/questions/access/access-question.js";
import { traceOf } from "../src/questions/access/explain-access.js";
import { type Asked, ask } from "../src/questions/access/quick-verdict.js";
import { type AskedPrincipal, can, canAs } from "../src/questions/can/can.js";
import { permissions } from "../src/questions/permissions/permissions.js";
import { whoCan } from "../src/questions/who-can/who-can.js";
import { type Figure, milliseconds, perSecond } from "./figure.js";
import { type BenchQuestion, questionsAbout } from "./questions.js";
import { type CpuTiming, clock, countPerSecond, type Rate } from "./stopwatch.js";
import { popularPolicy } from "./suppose.js";
import { ACCOUNT } from "./world.js";

/** How many a wide answer has. */
const MANY = 100_000;
const NOT_A_PLAIN_NO = new Set(["ALLOWED", "CONDITIONAL", "UNDETERMINED"] as const);

export const askCan = (snapshot: Snapshot, { principal, taken }: BenchQuestion) =>
  given(can(snapshot, principal, taken, ""));

/** What a question comes down to is worked out beforehand, as what peers decide on is. */
const askPrepared = ({ asked, principal }: { readonly asked: Asked; readonly principal: AskedPrincipal }) =>
  given(canAs(asked, principal, ""));

function given<Value>(answer: Taken<Value>): Value {
  if ("refusal" in answer) throw new Error(answer.refusal.message);
  return answer.value;
}

export const askWhoCan = (snapshot: Snapshot, { taken }: BenchQuestion) => {
  const search = whoCan(snapshot, taken, { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT" });
  return given(finish(search)).rows;
};

/** Every check of every statement: what is not read is not made. */
const readTrace = (snapshot: Snapshot, question: BenchQuestion): number => {
  let count = 0;
  for (const { checks } of traceOf(askCan(snapshot, question))) count += checks.length;
  return count;
};

/**
 * What the core does by itself, in this process: no HTTP, no GraphQL. Targets are held against the time of the processor, for
 * they are about one core and the machine may be shared.
 */
export function measureCore(snapshot: Snapshot, time: number): CoreFigures {
  const questions = questionsAbout(snapshot, 2_000, 7);
  const fresh = questionsAbout(snapshot, 400, 8);
  const prepared = questions.map(({ principal, taken }) => ({ principal, asked: ask(snapshot, taken) }));
  const decisions = countPerSecond(prepared, (each) => askPrepared(each).verdict, time);
  const traces = countPerSecond(questions, (question) => readTrace(snapshot, question), time);
  const cold = clock(fresh, (question) => firstPage(compiledAnew(snapshot), question), time);
  const warm = clock(questions.slice(0, 20), (question) => firstPage(snapshot, question), time);
  const widest = widestAnswer(snapshot, time);
  const isWide = widest.count >= MANY;
  const wideNote = isWide ? "" : `, of ${widest.count.toLocaleString("en")} only`;
  const whatIf = clock(questions.slice(0, 20), (question) => supposing(snapshot, question), time);
  const wide = questions.map(({ principal }) => principal);
  const listed = clock(wide, (principal) => finish(permissions(snapshot, principal, {})), time);
  return {
    decisionMs: 1000 / decisions.perSecond,
    whoCanMs: warm.p50,
    figures: [
      {
        ...rate("decisions, verdict only", 1_000_000, decisions),
        point: { line: "decision", value: 1000 / decisions.perCpuSecond },
      },
      rate("decisions with the full trace", 50_000, traces),
      {
        ...line("whoCan in process, count and first 25, cold", "", cold),
        point: { line: "whoCan, cold", value: cold.cpu },
      },
      {
        ...line("whoCan in process, count and first 25, asked before", "", warm),
        point: { line: "whoCan, warm", value: warm.cpu },
      },
      line("whoCan of 100,000 principals, cold", "≤ 3 ms of processor", widest.cold, isWide ? 3 : undefined, wideNote),
      line("whoCan of 100,000 principals, warm", "≤ 1 ms of processor", widest.warm, isWide ? 1 : undefined, wideNote),
      line("permissions in process", "", listed),
      line("what-if of one attachment, with `can`", "≤ 10 ms of processor", whatIf, 10),
    ],
  };
}

function rate(what: string, target: number, { perSecond: wall, perCpuSecond }: Rate): Figure {
  return {
    what,
    target: `≥ ${target.toLocaleString("en")} a second`,
    measured: `${perSecond(wall)}, ${perSecond(perCpuSecond)} of processor time`,
    isMet: perCpuSecond >= target,
  };
}

function line(what: string, target: string, { p50, p99, cpu }: CpuTiming, most?: number, note = ""): Figure {
  return {
    what,
    target,
    measured: `${milliseconds(p50)} (p99 ${milliseconds(p99)}), ${milliseconds(cpu)} of processor${note}`,
    ...(most === undefined ? {} : { isMet: cpu <= most }),
  };
}

const firstPage = (snapshot: Snapshot, question: BenchQuestion): number => {
  const rows = askWhoCan(snapshot, question);
  return rows.length + rows.slice(0, 25).length;
};

export interface CoreFigures {
  readonly figures: readonly Figure[];
  /** Milliseconds of the clock for one decision, and for one `whoCan` that was asked before. */
  readonly decisionMs: number;
  readonly whoCanMs: number;
}

/** A snapshot that remembers no answer: what was asked of the one that it is made from is not known to it. */
function compiledAnew(snapshot: Snapshot): Snapshot {
  return { ...snapshot };
}

/** One of the principal's policies is taken away, and the question asked again. */
function supposing(snapshot: Snapshot, question: BenchQuestion): string {
  const gone = snapshot.attachmentsOfPrincipal.get(question.principal.key)?.slice(0, 1) ?? [];
  return askCan(updateSnapshot(snapshot, { attachments: { gone } }), question).verdict;
}

/** An answer of half of the largest world: a policy that everyone has, or the first 100,000 of them. */
function widestAnswer(snapshot: Snapshot, time: number) {
  const [question] = questionsAbout(snapshot, 1, 9);
  if (question === undefined) throw new Error("the world has no principals");
  const supposed = updateSnapshot(
    snapshot,
    popularPolicy(
      question.action,
      snapshot.principals.filter(({ accountId }) => accountId === ACCOUNT),
    ),
  );
  const ask = (of: Snapshot) => firstPage(of, question);
  return {
    count: askWhoCan(supposed, question).length,
    cold: clock([question], () => ask(compiledAnew(supposed)), time),
    warm: clock([question], () => ask(supposed), time),
  };
}
