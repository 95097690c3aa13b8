import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasCode } from "./has-code.js";
import { makeFolder } from "./make-folder.js";
import { identifyProcess, isAlive } from "./process-identity.js";

const FREE = "free";
const PATIENCE_MS = 120_000;

/**
 * Runs `work` while no other process runs work under the same folder's lock. A holder that dies frees the lock.
 *
 * Turns are files with rising numbers; the highest one tells whose turn it is and is never removed, so that breaking a
 * dead holder's lock is nothing but taking the next number, which only one process can do.
 *
 * @throws Error when a living process holds the lock for two minutes.
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await makeFolder(folder);
  const turn = await takeTurn(folder);
  try {
    return await work();
  } finally {
    await publish(folder, turn, FREE);
  }
}

async function takeTurn(folder: string): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const last = await lastTurn(folder);
    const holder = last === 0 ? FREE : await holderOf(folder, last);
    const isFree = holder === FREE || (holder !== undefined && !isAlive(holder));
    if (isFree && (await claim(folder, last + 1))) return last + 1;
    if (Date.now() > deadline) {
      throw new Error(`the data folder is locked by process ${holder ?? "unknown"} (${folder}); end it and try again`);
    }
    await sleep(20);
  }
}

async function claim(folder: string, turn: number): Promise<boolean> {
  const draft = join(folder, `draft-${randomUUID()}`);
  await writeFile(draft, identifyProcess(process.pid) ?? String(process.pid), { mode: 0o600 });
  try {
    await link(draft, join(folder, `turn-${turn}`));
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return await confirm(folder, turn);
}

/** A slow process can claim a number that was used and cleared away meanwhile; then a higher one exists. */
async function confirm(folder: string, turn: number): Promise<boolean> {
  const turns = await listTurns(folder);
  const isLast = !turns.some((other) => other > turn);
  const past = isLast ? turns.filter((other) => other < turn) : [turn];
  await Promise.all(past.map((other) => rm(join(folder, `turn-${other}`), { force: true })));
  return isLast;
}

async function publish(folder: string, turn: number, holder: string): Promise<void> {
  await writeFile(join(folder, `turn-${turn}`), holder);
}

async function holderOf(folder: string, turn: number): Promise<string | undefined> {
  const text = await readFile(join(folder, `turn-${turn}`), "utf8").catch(() => "");
  return text === "" ? undefined : text;
}

async function lastTurn(folder: string): Promise<number> {
  return Math.max(0, ...(await listTurns(folder)));
}

async function listTurns(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.startsWith("turn-")).map((name) => Number(name.slice("turn-".length)));
}
