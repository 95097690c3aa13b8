import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { askQuestions } from "./ask-questions.js";
import { startTarget, type Target } from "./start-target.js";
import { watchBystander } from "./watch-bystander.js";

const count = Number(process.env.RAMGRAPH_ATTACKS);
const seeds = process.env.RAMGRAPH_SEED?.split(",").map(Number) ?? [1, 2, 3];
const MiB = 1_048_576;

let target: Target;

beforeAll(async () => {
  target = await startTarget();
  // What code and catalog take once they are warm is no growth.
  await askQuestions({ ...target, seed: 0, count: 500 });
});

afterAll(async () => {
  await target.close();
});

test.each(seeds)("questions made by seed %d are answered or refused, and nobody waits for it", async (seed) => {
  const before = await target.measure();
  const endWatch = watchBystander(target.origin, target.headers);
  const heaps: number[] = [];
  const onThousand = async () => void heaps.push(Math.round((await target.measure()).heap / MiB));
  const { answers, findings, slowest } = await askQuestions({ ...target, seed, count, onThousand });
  const fared = await endWatch();
  const after = await target.measure();
  const grown = Math.round((after.resident - before.resident) / MiB);
  process.stdout.write(
    `seed ${seed}: ${JSON.stringify(Object.fromEntries(answers))}\n` +
      `the bystander asked ${fared.asked} times and waited ${Math.round(fared.longest)} ms at worst, ` +
      `${Math.round(fared.machine)} for the machine itself; ` +
      `${grown} MiB more in memory, ${Math.round(after.resident / MiB)} in all, ` +
      `the heap by the thousand ${heaps.join(" ")}; ` +
      `the slowest took ${Math.round(slowest.milliseconds)} ms: ${slowest.sent}\n`,
  );
  expect(findings).toEqual([]);
  expect(fared.failures).toEqual([]);
  expect(fared.longest - fared.machine).toBeLessThan(500);
});
