import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { CompiledPolicy } from "../src/grants/compiled-policy.js";
import type { Snapshot } from "../src/grants/snapshot.js";
import { updateSnapshot } from "../src/grants/update-snapshot.js";
import { askWhoCan } from "./core-figures.js";
import { type Figure, milliseconds } from "./figure.js";
import { type BenchQuestion, questionsAbout } from "./questions.js";

const MOST_CPU = 10;
const MOST_MEMORY = 20;
const MIB = 2 ** 20;
const ROUNDS = 20;
/** Milliseconds after which the collector has swept. */
const SETTLING = 1_000;

/** One policy says something else, and `whoCan` is asked of that world: what it costs, and what it keeps while it is held. */
export function measureWhatIf(snapshot: Snapshot): Figure {
  const policies = [...snapshot.policies.values()].filter(({ policy }) => policy.type === "CUSTOM");
  const questions = questionsAbout(snapshot, ROUNDS, 19);
  const suppose = (question: BenchQuestion, index: number) => {
    const policy = policies[(index * 31) % policies.length];
    if (policy === undefined) throw new Error("the world has no policies");
    const supposed = updateSnapshot(snapshot, { policies: { put: [denyingAll(policy)] } });
    return { supposed, rows: askWhoCan(supposed, question).slice(0, 25) };
  };
  questions.map(suppose);
  const collect = garbageCollector();
  const before = held(collect);
  // A collection that is asked for also throws away the code made for objects that nobody holds just then, which those of a server do not.
  questions.map(suppose);
  // What the collector frees beside is none of the questions' cost.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SETTLING);
  const used = process.cpuUsage();
  const worlds = questions.map(suppose);
  const { user, system } = process.cpuUsage(used);
  const [cpu, memory] = [(user + system) / 1000 / worlds.length, (held(collect) - before) / MIB / worlds.length];
  return {
    what: "what-if of one policy, with `whoCan` asked of it",
    target: `≤ ${MOST_CPU} ms of processor, ≤ ${MOST_MEMORY} MiB at L`,
    measured: `${milliseconds(cpu)} of processor, ${Math.max(0, memory).toFixed(2)} MiB`,
    isMet: cpu <= MOST_CPU && memory <= MOST_MEMORY,
  };
}

function denyingAll({ policy }: CompiledPolicy): CompiledPolicy["policy"] {
  const documentText = JSON.stringify({ Version: "1", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] });
  return { ...policy, versions: [{ versionId: "v1", isDefault: true, documentText }] };
}

/** Bytes that cannot be given back. */
function held(collect: () => void): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("this Node does not let its memory be collected");
  return () => void Reflect.apply(collect, undefined, []);
}
