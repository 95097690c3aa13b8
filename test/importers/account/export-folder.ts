import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AccountReading, readAccountExport } from "../../../src/importers/account/read-account-export.js";
import type { Refusal } from "../../../src/importers/account/refusal.js";
import type { AccountBatch } from "../../../src/inventory/batch.js";

/** Files by name; values that are not text or bytes are written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

export const ACCOUNT = "1000000000000001";
export const CALLER: Files = { "sts.GetCallerIdentity.json": { AccountId: ACCOUNT } };

/** Writes the files into a fresh folder, reads it as an export, and removes it. */
export async function readFiles(files: Files): Promise<AccountReading> {
  const folder = await mkdtemp(join(tmpdir(), "export-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      const isRaw = typeof content === "string" || content instanceof Uint8Array;
      await writeFile(join(folder, name), isRaw ? content : JSON.stringify(content));
    }
    return await readAccountExport(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function readBatch(files: Files): Promise<AccountBatch> {
  const reading = await readFiles({ ...CALLER, ...files });
  if ("batch" in reading) return reading.batch;
  throw new Error(reading.refusal.message);
}

export async function readRefusal(files: Files): Promise<Refusal> {
  const reading = await readFiles({ ...CALLER, ...files });
  if ("refusal" in reading) return reading.refusal;
  throw new Error("the export was taken");
}
