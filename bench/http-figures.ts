import type { Snapshot } from "../src/grants/snapshot.js";
import { checkAnswers } from "./check-answers.js";
import type { ChildServer } from "./child-server.js";
import { type Figure, milliseconds } from "./figure.js";
import { HttpClient } from "./http-client.js";
import { type Course, coursesOf } from "./http-courses.js";
import { questionsAbout } from "./questions.js";
import { type CourseTiming, helloOf, takeTurns } from "./take-turns.js";
import { NO_STALL, type Stall } from "./watch-stalls.js";

/** Milliseconds for which no request may keep the others waiting. */
export const LONGEST_STALL = 50;

/** Answers over HTTP as ratios to `hello` of a bare Apollo standalone server, asked in turns by one client with one connection. */
export async function measureHttp(
  snapshot: Snapshot,
  { hello, ours }: { readonly hello: ChildServer; readonly ours: ChildServer },
  time: number,
): Promise<readonly Figure[]> {
  const client = new HttpClient();
  try {
    const questions = questionsAbout(snapshot, 300, 11);
    await checkAnswers(client, ours.url, snapshot, questions.slice(0, 60));
    const courses = coursesOf(snapshot, questions);
    const asked = [helloOf(hello), ...courses.map((course) => ({ ...course, server: ours }))];
    const { timings, stalls, isApart } = await takeTurns(client, asked, time);
    const [base, ...own] = timings;
    if (base === undefined) throw new Error("nothing was timed");
    const figures = own.flatMap((timing, index) => {
      const course = courses[index];
      return course === undefined ? [] : [figureOf(course, timing, base)];
    });
    return [
      {
        what: "hello of a bare Apollo server",
        target: "",
        measured: isApart ? shown(base) : `${shown(base)}, ${together}`,
      },
      ...figures,
      stalling(stalls.get(ours) ?? NO_STALL, stalls.get(hello) ?? NO_STALL),
    ];
  } finally {
    client.close();
  }
}

const together = "client and servers wherever the system put them";

/** One course against `hello`. */
export function figureOf({ what, p50, p99 }: Course, timing: CourseTiming, base: CourseTiming): Figure {
  const [ratio, tail, work] = [timing.p50 / base.p50, timing.p99 / base.p99, timing.cpu / base.cpu];
  const measured = `${shown(timing)}; p99 ${tail.toPrecision(3)} ×, processor ${work.toPrecision(3)} ×`;
  if (p50 === undefined) return { what, target: "", measured, ratio };
  const target = `≤ ${p50} × hello${p99 === undefined ? "" : `, p99 ≤ ${p99} ×`}`;
  return { what, target, measured, ratio, isMet: ratio <= p50 && tail <= (p99 ?? Number.POSITIVE_INFINITY) };
}

/** Held against what the server computed itself: a stall in which a neighbour on the machine has the processor meets `hello` as well. */
function stalling(longest: Stall, bare: Stall): Figure {
  return {
    what: "longest stall of the event loop by these requests",
    target: `≤ ${LONGEST_STALL} ms of processor`,
    measured: `${stallText(longest)}; hello ${stallText(bare)}`,
    isMet: longest.own <= LONGEST_STALL,
  };
}

/** By the clock, and what the process computed in such a time. */
export const stallText = ({ clock, own }: Stall): string => `${milliseconds(clock)}, ${milliseconds(own)} of processor`;

const shown = ({ p50, p99 }: CourseTiming): string => `${milliseconds(p50)} (p99 ${milliseconds(p99)})`;
