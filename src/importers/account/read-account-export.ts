import type { AccountBatch } from "../../inventory/batch.js";
import { assembleBatch } from "./assemble/assemble-batch.js";
import { type FileReading, joinReadings, readFile } from "./read-file.js";
import { readFolder } from "./read-folder.js";
import { type Refusal, Refused } from "./refusal.js";

export type AccountReading = { readonly batch: AccountBatch } | { readonly refusal: Refusal };

/**
 * Reads a folder of raw API responses, as the `aliyun` command line tool prints them, into one batch of facts about one
 * account. Files are `<product>.<Operation>[.<argument>][.<anything>].json`, or `.jsonl` with one response a line.
 * What is missing becomes a gap of the batch, what is odd a finding; what cannot be trusted refuses the whole export.
 */
export async function readAccountExport(folder: string): Promise<AccountReading> {
  try {
    const readings: FileReading[] = [];
    const sha256 = await readFolder(folder, ({ name, bytes }) => {
      readings.push(readFile(name, bytes));
    });
    return { batch: assembleBatch(joinReadings(readings), sha256) };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    throw error;
  }
}
