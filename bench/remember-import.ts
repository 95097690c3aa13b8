import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Figure, figureSchema } from "./figure.js";

const kept = z.object({ when: z.string(), figures: z.array(figureSchema) });
const fileOf = (dataDir: string): string => join(dataDir, "bench-import.json");

/** Writes what an import took beside the world that it brought, for runs that find the world there. */
export async function rememberImport(dataDir: string, figures: readonly Figure[]): Promise<void> {
  await writeFile(fileOf(dataDir), JSON.stringify({ when: new Date().toISOString(), figures }));
}

/** What the import took that brought the world, with its day; nothing where that was not written down. */
export async function recallImport(dataDir: string): Promise<readonly Figure[]> {
  const text = await readFile(fileOf(dataDir), "utf8").catch(() => undefined);
  if (text === undefined) return [];
  const { when, figures } = kept.parse(JSON.parse(text));
  return figures.map((figure) => ({ ...figure, measured: `${figure.measured} (of ${when.slice(0, 10)})` }));
}
