import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

/** How a client fared that asked the smallest question all the time. */
export interface Fared {
  readonly asked: number;
  /** Milliseconds that the slowest answer took. */
  readonly longest: number;
  /** Milliseconds for which the machine itself let the bystander wait at worst, having others to serve. */
  readonly machine: number;
  /** Statuses, or words, of what was no answer. */
  readonly failures: readonly (number | string)[];
}

/** Milliseconds between an answer and the next question. */
const pause = 20;

/**
 * Lets a bystander ask the server from another thread.
 *
 * @returns a function that ends it and says how it fared
 */
export function watchBystander(origin: string, headers: Readonly<Record<string, string>> = {}): () => Promise<Fared> {
  const workerData = { origin, pause, headers: { "content-type": "application/json", ...headers } };
  const worker = new Worker(join(import.meta.dirname, "bystander.mjs"), { workerData });
  return async () => {
    const told = once(worker, "message");
    worker.postMessage("stop");
    const [fared] = (await told) as [Fared];
    await worker.terminate();
    return fared;
  };
}
