import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import type { Listening, Usage } from "./report-to-parent.js";

const listening = z.object({ url: z.string(), loadMs: z.number() });
const longestStall = z.object({ clock: z.number(), own: z.number() });
const usage = z.object({ cpuMs: z.number(), longestStall, rss: z.number(), peakRss: z.number() });

/** A server in a process of its own. */
export interface ChildServer extends Listening {
  readonly pid: number;
  /** What it did since this was last asked. */
  readonly usage: () => Promise<Usage>;
  readonly stop: () => Promise<void>;
}

/** Starts a script of this folder and waits until it says where it listens. */
export async function startChild(script: string, args: readonly string[] = []): Promise<ChildServer> {
  const child = forkScript(script, args);
  const failed = once(child, "exit").then(() => {
    throw new Error(`${script} ended before it was told to`);
  });
  failed.catch(() => undefined);
  const hear = async (): Promise<unknown> => {
    const messages: readonly unknown[] = await Promise.race([once(child, "message"), failed]);
    return messages[0];
  };
  const stop = async () => {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  };
  const report = async () => {
    const heard = hear();
    child.send("report");
    return usage.parse(await heard);
  };
  const heard = listening.parse(await hear());
  if (child.pid === undefined) throw new Error(`${script} did not start`);
  return { ...heard, pid: child.pid, usage: report, stop };
}

/**
 * A script of this folder in a process of its own, which can send messages. It has Node's defaults: what this process needs for what it
 * holds itself, such as more memory, is nothing that a user would have set.
 */
export function forkScript(script: string, args: readonly string[]): ChildProcess {
  const path = join(import.meta.dirname, script.replace(/\.ts$/, ".js"));
  const { NODE_OPTIONS: _, ...env } = process.env;
  return fork(path, args, { execArgv: [], env: { ...env, NODE_ENV: "production" } });
}
