import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";

const ready = z.object({ url: z.string(), loadMs: z.number(), rss: z.number().optional() });

/** A server in a process of its own. */
export interface ChildServer extends z.output<typeof ready> {
  readonly stop: () => Promise<void>;
}

/** Starts a script of this folder and waits until it says where it listens. */
export async function startChild(script: string, args: readonly string[] = []): Promise<ChildServer> {
  const child = fork(join(import.meta.dirname, script), args, {
    execArgv: ["--import", "@oxc-node/core/register"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const failed = once(child, "exit").then(() => {
    throw new Error(`${script} ended before it listened`);
  });
  const messages: readonly unknown[] = await Promise.race([once(child, "message"), failed]);
  failed.catch(() => undefined);
  const stop = async () => {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  };
  return { ...ready.parse(messages[0]), stop };
}
