import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { readAccountExport } from "../importers/account/read-account-export.js";
import { readPage } from "../importers/docs/read-page.js";
import type { AccountBatch } from "../inventory/batch.js";
import type { PolicyDocumentType } from "../policy/document.js";
import { parsePolicy } from "../policy/parse-policy.js";
import { Failure } from "./failure.js";
import { type CheckedDocument, type FoundDocument, findDocumentLines, findDocuments } from "./found-document.js";

/**
 * Looks for what is wrong in policy documents, without a database: bare documents, JSON Lines, folders with an
 * account's export, saved documentation pages, and folders of all of these.
 *
 * @param paths files and folders; `-` takes `readInput`
 * @param readInput gives the text of standard input
 * @throws Failure for a path that leads nowhere
 */
export async function checkDocuments(
  paths: readonly string[],
  readInput: () => Promise<string>,
): Promise<readonly CheckedDocument[]> {
  const checked: CheckedDocument[] = [];
  for (const path of paths) {
    if (path === "-") checked.push(...checkText("-", Buffer.from(await readInput())));
    else checked.push(...(await checkPath(path)));
  }
  return checked;
}

async function checkPath(path: string): Promise<readonly CheckedDocument[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw new Failure(`${path}: cannot be read (${error instanceof Error ? error.message : String(error)})`);
  });
  if (!found.isDirectory()) return checkText(path, await readFile(path));
  const names = (await readdir(path)).sort();
  if (names.some((name) => name.startsWith("sts.GetCallerIdentity."))) return await checkExport(path);
  const inner: CheckedDocument[] = [];
  const readable = (name: string) => !name.includes(".") || /\.(jsonl?|txt|md|markdown|html?)$/i.test(name);
  for (const name of names.filter(readable)) inner.push(...(await checkPath(join(path, name))));
  return inner;
}

function checkText(file: string, bytes: Buffer): readonly CheckedDocument[] {
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (/\.jsonl$/i.test(file)) return findDocumentLines(file, text).map(checkDocument);
  return /^\s*[{[]/.test(text) ? findDocuments(file, text).map(checkDocument) : checkPage(file, bytes);
}

function checkDocument({ file, name, line, text, type }: FoundDocument): CheckedDocument {
  const { findings } = parsePolicy(text, type);
  return { file, ...(name !== undefined && { name }), ...(line !== undefined && { line }), findings };
}

function checkPage(file: string, bytes: Buffer): readonly CheckedDocument[] {
  const reading = readPage(bytes, { fileName: file });
  if ("refusal" in reading) {
    return [{ file, findings: [{ code: "UNREADABLE", severity: "ERROR", message: reading.refusal.reason }] }];
  }
  const { facts, findings } = reading.batch;
  const documents = [...facts.roles, ...facts.policies].flatMap(({ name, document }) =>
    document === undefined ? [] : [{ file, name, text: document, type: "IDENTITY" as const }],
  );
  return [{ file, findings }, ...documents.map(checkDocument)];
}

async function checkExport(folder: string): Promise<readonly CheckedDocument[]> {
  const reading = await readAccountExport(folder);
  if ("batch" in reading) return checkBatch(folder, reading.batch);
  const { code, message } = reading.refusal;
  return [{ file: folder, findings: [{ code, severity: "ERROR", message }] }];
}

function checkBatch(folder: string, { facts, findings }: AccountBatch): readonly CheckedDocument[] {
  const found = (name: string, text: string | undefined, type: PolicyDocumentType): FoundDocument[] =>
    text === undefined ? [] : [{ file: folder, name, text, type }];
  const documents = [
    ...facts.policies.flatMap(({ name, versions }) =>
      versions.flatMap(({ versionId, documentText }) => found(`${name} ${versionId}`, documentText, "IDENTITY")),
    ),
    ...facts.roles.flatMap(({ name, trustPolicy }) => found(`trust policy of ${name}`, trustPolicy, "TRUST")),
  ];
  return [{ file: folder, findings }, ...documents.map(checkDocument)];
}
