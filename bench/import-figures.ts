import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { forkScript } from "./child-server.js";
import { type Figure, milliseconds } from "./figure.js";
import type { WorldSize } from "./world.js";
import { writeWorld } from "./write-world.js";

const imported = z.object({ durationMs: z.number(), peakRss: z.number() });
const LONGEST_IMPORT = 90_000;
const MOST_MEMORY = 1024;
const MIB = 2 ** 20;

/**
 * Imports a world into the embedded Postgres of a data folder, in a process of its own.
 *
 * @param scratch a folder for the export, which goes away
 */
export async function measureImport(size: WorldSize, dataDir: string, scratch: string): Promise<readonly Figure[]> {
  const folder = join(scratch, "export");
  await writeWorld(size, folder, 1);
  const child = forkScript("import-world.ts", [dataDir, folder]);
  const ended = once(child, "exit");
  const failed = ended.then(() => {
    throw new Error("the import failed");
  });
  failed.catch(() => undefined);
  const messages: readonly unknown[] = await Promise.race([once(child, "message"), failed]);
  const { durationMs, peakRss } = imported.parse(messages[0]);
  await ended;
  await rm(folder, { recursive: true });
  return [importing(durationMs), memory(peakRss / MIB)];
}

function importing(durationMs: number): Figure {
  return {
    what: "import of the account",
    target: `≤ ${LONGEST_IMPORT / 1000} s at L`,
    measured: milliseconds(durationMs),
    isMet: durationMs <= LONGEST_IMPORT,
    point: { line: "import", value: durationMs },
  };
}

function memory(peak: number): Figure {
  return {
    what: "memory of the importing process at most",
    target: `≤ ${MOST_MEMORY / 1024} GiB at L`,
    measured: `${Math.round(peak)} MiB RSS`,
    isMet: peak <= MOST_MEMORY,
  };
}
