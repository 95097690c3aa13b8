import { createHash } from "node:crypto";
import type { AccountBatch } from "../../inventory/batch.js";
import { startAssembly } from "./assemble/assemble-batch.js";
import { findAccount } from "./assemble/find-account.js";
import { type FolderEntry, listFolder } from "./list-folder.js";
import { readBytes } from "./read-bytes.js";
import { type ExportNotes, type ListedFile, listFile, readFile } from "./read-file.js";
import { type Refusal, Refused } from "./refusal.js";
import type { Said } from "./said.js";

export type AccountReading = { readonly batch: AccountBatch } | { readonly refusal: Refusal };

/** How far the reading of an export has come. */
export interface ReadingProgress {
  /** Bytes. */
  readonly done: number;
  readonly total: number;
  /** Statements taken from the files so far: users, roles, attachments and so on. */
  readonly facts: number;
  readonly file: string;
}

/** Three times what the largest account holds; beyond it memory would not do. */
const FACTS_LIMIT = 5_000_000;

/**
 * Reads a folder of raw API responses, as the `aliyun` command line tool prints them, into one batch of facts about one
 * account. Files are `<product>.<Operation>[.<argument>][.<anything>].json`, or `.jsonl` with one response a line.
 * What is missing becomes a gap of the batch, what is odd a finding; what cannot be trusted refuses the whole export.
 * Files are read as streams, so that memory grows with the facts and not with the files.
 */
export async function readAccountExport(
  folder: string,
  onProgress: (progress: ReadingProgress) => void = () => undefined,
): Promise<AccountReading> {
  try {
    return { batch: await readBatch(folder, onProgress) };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    throw error;
  }
}

async function readBatch(folder: string, onProgress: (progress: ReadingProgress) => void): Promise<AccountBatch> {
  const notes: ExportNotes = { pages: [], findings: [], gaps: [], failed: [] };
  const entries = await listFolder(folder);
  const files = entries.flatMap((entry) => {
    const listed = listFile(entry.name, notes);
    return listed === undefined ? [] : [{ entry, listed }];
  });
  const reader = startReader(files, notes, onProgress);
  const callers: Said[] = [];
  await reader.read("CALLER", (said) => callers.push(said));
  const assembly = startAssembly(findAccount(callers), notes);
  await reader.read("FACTS", assembly.take);
  const bearing = assembly.settlePrincipals();
  await reader.read("ATTACHMENTS", bearing.take);
  bearing.settleScopes();
  await reader.read("ATTACHMENTS_WITHOUT_SCOPE", bearing.take);
  return bearing.finish(digestOf(entries, reader.digests));
}

interface ExportFile {
  readonly entry: FolderEntry;
  readonly listed: ListedFile;
}

interface ExportReader {
  /** Digests of the files that were read, by name. */
  readonly digests: ReadonlyMap<string, string>;
  /** Reads the files of one turn, in the byte order of their names. */
  readonly read: (turn: ListedFile["operation"]["turn"], take: (said: Said) => void) => Promise<void>;
}

function startReader(
  files: readonly ExportFile[],
  notes: ExportNotes,
  onProgress: (progress: ReadingProgress) => void,
): ExportReader {
  const digests = new Map<string, string>();
  const total = files.reduce((sum, { entry }) => sum + entry.size, 0);
  let [done, facts] = [0, 0];
  async function* chunksOf(entry: FolderEntry): AsyncGenerator<Uint8Array> {
    for await (const chunk of readBytes(entry, (digest) => digests.set(entry.name, digest))) {
      done += chunk.length;
      onProgress({ done, total, facts, file: entry.name });
      yield chunk;
    }
  }
  const read: ExportReader["read"] = async (turn, take) => {
    const count = (said: Said): void => {
      facts++;
      if (facts > FACTS_LIMIT) throw tooMany();
      take(said);
    };
    for (const { entry, listed } of files) {
      if (listed.operation.turn === turn) await readFile(listed, chunksOf(entry), notes, count);
    }
  };
  return { digests, read };
}

/** Over the names of all files and the contents of those that are read, in the byte order of names. */
function digestOf(entries: readonly FolderEntry[], digests: ReadonlyMap<string, string>): string {
  const digest = createHash("sha256");
  for (const { name } of entries) digest.update(`${Buffer.byteLength(name)}:${name}:${digests.get(name) ?? ""};`);
  return digest.digest("hex");
}

function tooMany(): Refused {
  const problem = `the export holds more than ${FACTS_LIMIT} facts`;
  return new Refused("TOO_MANY_FACTS", { file: "." }, problem, "leave out tags and resources, or split the account");
}
