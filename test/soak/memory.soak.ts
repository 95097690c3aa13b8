import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { askQuestions } from "../attack/ask-questions.js";
import { startTarget, type Target } from "../attack/start-target.js";

/** How long the server is asked; what is promised holds of half an hour and more. */
const minutes = Number(process.env.RAMGRAPH_SOAK_MINUTES ?? 3);
const MiB = 1_048_576;
const minute = 60_000;
/** Between two looks at the heap. The lowest of each ten is what is left after the garbage has gone. */
const pause = 1_000;

let target: Target;

beforeAll(async () => {
  // Little room, so that garbage does not lie about for minutes.
  target = await startTarget({ NODE_OPTIONS: "--max-old-space-size=384" });
  await askQuestions({ ...target, seed: 0, count: 1_000 });
});

afterAll(async () => {
  await target.close();
});

interface Look {
  /** Minutes since the beginning. */
  readonly at: number;
  /** MiB. */
  readonly heap: number;
}

test("what the server holds does not grow with good, bad and new questions", async () => {
  const begin = performance.now();
  const isOver = () => performance.now() - begin > minutes * minute;
  const looks: Look[] = [];
  const looking = async () => {
    while (!isOver()) {
      const { heap } = await target.measure();
      looks.push({ at: (performance.now() - begin) / minute, heap: heap / MiB });
      await sleep(pause);
    }
  };
  const asking = async () => {
    for (let seed = 1_000; !isOver(); seed += 1) await askQuestions({ ...target, seed, count: 100 });
  };
  await Promise.all([looking(), asking()]);
  const lows = lowest(looks);
  const slope = slopeOf(lows.slice(lows.length / 2));
  const told = lows.map(({ heap }) => Math.round(heap)).join(" ");
  process.stdout.write(`the heap's lows, in MiB: ${told}; in the second half ${slope.toFixed(2)} more a minute\n`);
  // Shorter runs tell less: what is kept on purpose, up to its bounds, still fills up.
  expect(slope).toBeLessThan(minutes >= 30 ? 1 : 20);
});

function lowest(looks: readonly Look[]): readonly Look[] {
  const tens = Array.from({ length: Math.ceil(looks.length / 10) }, (_, at) => looks.slice(at * 10, at * 10 + 10));
  return tens.flatMap((ten) => ten.toSorted((a, b) => a.heap - b.heap).slice(0, 1));
}

/** Of the straight line that fits best. */
function slopeOf(looks: readonly Look[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [at, heap] = [mean(looks.map((look) => look.at)), mean(looks.map((look) => look.heap))];
  const above = looks.reduce((sum, look) => sum + (look.at - at) * (look.heap - heap), 0);
  return above / looks.reduce((sum, look) => sum + (look.at - at) ** 2, 0);
}
