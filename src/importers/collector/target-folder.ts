import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseFileName } from "../account/file-name.js";
import { OPERATIONS } from "../account/operations.js";
import { CALLS } from "./calls.js";
import { CollectFailed } from "./collect-failed.js";

/** The folder that responses are written to. A file in it is whole: it is written aside and renamed. */
export interface TargetFolder {
  readonly path: string;
  /** When the collecting began, as an instant; undefined where it begins now. */
  readonly begun: string | undefined;
  readonly read: (name: string) => Promise<Uint8Array | undefined>;
  readonly write: (name: string, bytes: Uint8Array) => Promise<void>;
  /** @returns whether it was there */
  readonly remove: (name: string) => Promise<boolean>;
  /** Removes responses of a former run that this one did not ask for, and the mark that the folder is unfinished. */
  readonly finish: () => Promise<void>;
}

/** What a run may do with responses that are there already. */
export type Former = "CONTINUE" | "REPLACE" | "RETRY";

/** Marks a folder whose collecting has not ended. An import of such a folder notes it as a gap. */
const MARK = ".unfinished-collection.json";
const PARTIAL = ".partial";

interface Mark {
  readonly account: string;
  readonly begun: string;
}

/**
 * Makes a folder ready for the responses of one account, and marks it as unfinished. What another run left there is
 * continued, when that was stopped, or else as `former` says.
 *
 * @throws CollectFailed for a folder that holds anything else, another account, or a finished collection
 */
export async function openTargetFolder(path: string, account: string, former: Former): Promise<TargetFolder> {
  const names = await listNames(path);
  const mark = await readMark(path, names);
  const responses = names.filter((name) => name !== MARK);
  await demandAccount(path, account, mark, responses);
  if (mark === undefined && former === "CONTINUE" && responses.some(isCollected)) throw finished(path);
  const isFresh = former === "REPLACE" || mark === undefined;
  if (former === "REPLACE") for (const name of responses.filter(isCollected)) await rm(join(path, name));
  const begun = isFresh ? new Date().toISOString() : mark.begun;
  if (isFresh) await writeWhole(path, MARK, Buffer.from(`${JSON.stringify({ account, begun })}\n`));
  const wanted = new Set<string>();
  return {
    path,
    begun: isFresh ? undefined : begun,
    read: async (name) => {
      wanted.add(name);
      return await readFile(join(path, name)).catch(noneIfMissing);
    },
    write: async (name, bytes) => {
      wanted.add(name);
      await writeWhole(path, name, bytes);
    },
    remove: async (name) => (await rm(join(path, name)).then(() => true, noneIfMissing)) === true,
    finish: async () => {
      const stale = responses.filter((name) => isCollected(name) && !wanted.has(name));
      for (const name of stale) await rm(join(path, name), { force: true });
      await rm(join(path, MARK), { force: true });
    },
  };
}

/** Names of what is in the folder, which is made where it is not. Halves that a killed run left are removed. */
async function listNames(path: string): Promise<readonly string[]> {
  const names = await mkdir(path, { recursive: true, mode: 0o700 })
    .then(async () => await readdir(path))
    .catch((error: unknown) => {
      throw new CollectFailed("FOLDER", `${path}: no folder that can be used (${codeOf(error)})`);
    });
  for (const name of names.filter((one) => one.endsWith(PARTIAL))) await rm(join(path, name));
  const kept = names.filter((one) => !one.endsWith(PARTIAL));
  const foreign = kept.find((name) => name !== MARK && !isResponse(name));
  if (foreign === undefined) return kept;
  throw new CollectFailed(
    "FOLDER",
    `${path}: \`${foreign}\` is no file of an export; name a folder that is empty or new`,
  );
}

function isResponse(name: string): boolean {
  return OPERATIONS.has(parseFileName(name)?.operation ?? "");
}

/** Whether a run writes such files; others, such as bucket policies, are the operator's own. */
function isCollected(name: string): boolean {
  return Object.hasOwn(CALLS, parseFileName(name)?.operation ?? "");
}

async function readMark(path: string, names: readonly string[]): Promise<Mark | undefined> {
  if (!names.includes(MARK)) return undefined;
  const { account, begun } = await readJson(join(path, MARK));
  if (typeof account === "string" && typeof begun === "string") return { account, begun };
  throw new CollectFailed("FOLDER", `${path}: \`${MARK}\` cannot be read; remove it and run with --replace`);
}

/** One account's responses beside another's would give one the rights of the other. */
async function demandAccount(
  path: string,
  account: string,
  mark: Mark | undefined,
  names: readonly string[],
): Promise<void> {
  const caller = "sts.GetCallerIdentity.json";
  const told = names.includes(caller) ? (await readJson(join(path, caller))).AccountId : undefined;
  const other = [mark?.account, told].filter((one) => typeof one === "string").find((one) => one !== account);
  if (other === undefined) return;
  const problem = `${path}: it holds account \`${other}\`, the credentials are of \`${account}\``;
  throw new CollectFailed("FOLDER", `${problem}; name another folder, or another --profile`);
}

async function readJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const content: unknown = JSON.parse(await readFile(path, "utf8"));
    return typeof content === "object" && content !== null ? { ...content } : {};
  } catch {
    return {};
  }
}

function finished(path: string): CollectFailed {
  const ways = "--replace collects it anew, --retry asks again only what failed, or name another folder";
  return new CollectFailed("FOLDER", `${path}: it holds a finished collection; ${ways}`);
}

/** Only its owner may read it: who may do what is nobody else's business. */
async function writeWhole(path: string, name: string, bytes: Uint8Array): Promise<void> {
  const partial = join(path, `.${name}${PARTIAL}`);
  try {
    await writeFile(partial, bytes, { mode: 0o600, flush: true });
    await chmod(partial, 0o600);
    await rename(partial, join(path, name));
  } catch (error) {
    throw new CollectFailed("FOLDER", `${join(path, name)}: it cannot be written (${codeOf(error)})`);
  }
}

function noneIfMissing(error: unknown): undefined {
  if (codeOf(error) === "ENOENT") return undefined;
  throw new CollectFailed("FOLDER", `a response that is there already cannot be read (${codeOf(error)})`);
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown reason";
}
