import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { indexCatalog } from "../grants/catalog-index.js";
import { readAccountExport } from "../importers/account/read-account-export.js";
import { readPage } from "../importers/docs/read-page.js";
import type { AccountBatch } from "../inventory/batch.js";
import { mergeCatalog } from "../inventory/merge-catalog.js";
import type { Policy } from "../inventory/policy.js";
import type { PolicyDocumentType } from "../policy/document.js";
import type { Finding } from "../policy/finding.js";
import { lintDocument } from "../questions/lint/lint-document.js";
import { Failure } from "./failure.js";
import {
  type CheckedDocument,
  type FoundDocument,
  findDocumentLines,
  findDocuments,
  placeInFile,
} from "./found-document.js";
import { packageRoot } from "./package-root.js";
import { readShippedCatalog } from "./read-shipped-catalog.js";

/** Finds what is wrong in one document. */
type Lint = (document: FoundDocument) => readonly Finding[];

/**
 * Looks for what is wrong in policy documents, without a database: bare documents, JSON Lines, folders with an
 * account's export, saved documentation pages, and folders of all of these. Actions are looked up in the shipped catalog.
 *
 * @param paths files and folders; `-` takes `readInput`
 * @param readInput gives the text of standard input
 * @param type what documents are for; left out, it is told by the elements of their statements
 * @throws Failure for a path that leads nowhere
 */
export async function checkDocuments(
  paths: readonly string[],
  readInput: () => Promise<string>,
  type?: PolicyDocumentType,
): Promise<readonly CheckedDocument[]> {
  const catalog = indexCatalog(mergeCatalog(await readShippedCatalog(join(packageRoot, "catalog"))));
  const lint: Lint = (found) => lintDocument(catalog, found.text, type ?? found.type, found.isProvided);
  const checked: CheckedDocument[] = [];
  for (const path of paths) {
    if (path === "-") checked.push(...checkText(lint, "-", Buffer.from(await readInput())));
    else checked.push(...(await checkPath(lint, path)));
  }
  return checked;
}

async function checkPath(lint: Lint, path: string): Promise<readonly CheckedDocument[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw new Failure(`${path}: cannot be read (${error instanceof Error ? error.message : String(error)})`);
  });
  if (!found.isDirectory()) return checkText(lint, path, await readFile(path));
  const names = (await readdir(path)).sort();
  if (names.some((name) => name.startsWith("sts.GetCallerIdentity."))) return await checkExport(lint, path);
  const inner: CheckedDocument[] = [];
  const readable = (name: string) => !name.includes(".") || /\.(jsonl?|txt|md|markdown|html?)$/i.test(name);
  for (const name of names.filter(readable)) inner.push(...(await checkPath(lint, join(path, name))));
  return inner;
}

function checkText(lint: Lint, file: string, bytes: Buffer): readonly CheckedDocument[] {
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  const check = (found: FoundDocument) => checkDocument(lint, found);
  if (/\.jsonl$/i.test(file)) return findDocumentLines(file, text).map(check);
  return /^\s*[{[]/.test(text) ? findDocuments(file, text).map(check) : checkPage(lint, file, bytes);
}

function checkDocument(lint: Lint, found: FoundDocument): CheckedDocument {
  const { file, name, start } = found;
  const findings = lint(found).map((finding) => placeInFile(found, finding));
  return { file, ...(name !== undefined && { name }), ...(start !== undefined && { line: start.line }), findings };
}

function checkPage(lint: Lint, file: string, bytes: Buffer): readonly CheckedDocument[] {
  const reading = readPage(bytes, { fileName: file });
  if ("refusal" in reading) {
    return [{ file, findings: [{ code: "UNREADABLE", severity: "ERROR", message: reading.refusal.reason }] }];
  }
  const { facts, findings } = reading.batch;
  const documents = [...facts.roles, ...facts.policies].flatMap(({ name, document }) =>
    document === undefined ? [] : [{ file, name, text: document, type: "IDENTITY" as const, isProvided: true }],
  );
  return [{ file, findings }, ...documents.map((found) => checkDocument(lint, found))];
}

async function checkExport(lint: Lint, folder: string): Promise<readonly CheckedDocument[]> {
  const reading = await readAccountExport(folder);
  if ("batch" in reading) return checkBatch(lint, folder, reading.batch);
  const { code, message } = reading.refusal;
  return [{ file: folder, findings: [{ code, severity: "ERROR", message }] }];
}

function checkBatch(lint: Lint, file: string, { facts, findings }: AccountBatch): readonly CheckedDocument[] {
  const found = (name: string, text: string | undefined, type: PolicyDocumentType): readonly FoundDocument[] =>
    text === undefined ? [] : [{ file, name, text, type }];
  const documents = [
    ...facts.policies.flatMap((policy) => versionsOf(file, policy)),
    ...facts.roles.flatMap(({ name, trustPolicy }) => found(`trust policy of ${name}`, trustPolicy, "TRUST")),
    ...facts.resourcePolicies.flatMap(({ resource, documentText }) =>
      found(`policy of bucket ${resource}`, documentText, "RESOURCE"),
    ),
  ];
  return [{ file, findings }, ...documents.map((document) => checkDocument(lint, document))];
}

function versionsOf(file: string, { name, type, versions }: Policy): readonly FoundDocument[] {
  return versions.flatMap(({ versionId, documentText }) =>
    documentText === undefined
      ? []
      : [
          {
            file,
            name: `${name} ${versionId}`,
            text: documentText,
            type: type === "CONTROL" ? ("CONTROL" as const) : ("IDENTITY" as const),
            isProvided: type === "SYSTEM" || type === "SERVICE_LINKED",
          },
        ],
  );
}
