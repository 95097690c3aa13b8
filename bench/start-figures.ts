import type { Snapshot } from "../src/grants/snapshot.js";
import { type ChildServer, startChild } from "./child-server.js";
import { type Figure, milliseconds } from "./figure.js";
import { HttpClient } from "./http-client.js";
import { canOf } from "./http-courses.js";
import { questionsAbout } from "./questions.js";

const LONGEST_START = 5_000;
const MOST_MEMORY = 500;
const MIB = 2 ** 20;

/** Starts our server on a data folder that holds a world, and asks it one question. */
export async function measureStart(
  snapshot: Snapshot,
  dataDir: string,
): Promise<{ readonly ours: ChildServer; readonly figures: readonly Figure[] }> {
  const ours = await startChild("ramgraph-server.ts", [dataDir]);
  const client = new HttpClient();
  const start = performance.now();
  for (const question of questionsAbout(snapshot, 1, 3)) await client.ask(ours.url, canOf(question));
  const loadMs = ours.loadMs + performance.now() - start;
  client.close();
  const { rss, peakRss } = await ours.usage();
  return { ours, figures: [starting(loadMs), memory(rss / MIB, peakRss / MIB)] };
}

function starting(loadMs: number): Figure {
  return {
    what: "load from Postgres to the first answer",
    target: `≤ ${LONGEST_START / 1000} s at L`,
    measured: milliseconds(loadMs),
    isMet: loadMs <= LONGEST_START,
    point: { line: "load", value: loadMs },
  };
}

function memory(now: number, peak: number): Figure {
  return {
    what: "memory of the server after it",
    target: `≤ ${MOST_MEMORY} MiB at L`,
    measured: `${Math.round(now)} MiB RSS (at most ${Math.round(peak)} MiB while loading)`,
    isMet: now <= MOST_MEMORY,
    point: { line: "memory", value: now },
  };
}
