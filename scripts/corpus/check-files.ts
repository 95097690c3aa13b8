import { readFile } from "node:fs/promises";
import { checkDocuments } from "../../src/app/check-documents.js";
import type { CheckedDocument } from "../../src/app/found-document.js";
import { parsePolicy } from "../../src/policy/parse-policy.js";
import { type ComparedPage, checkPage } from "./check-pages.js";

export interface CheckedFiles {
  readonly documents: readonly CheckedDocument[];
  readonly pages: readonly ComparedPage[];
  /** Files, or lines of files, that raised an exception. */
  readonly crashes: readonly { readonly place: string; readonly error: string }[];
}

/** Sends files through the checks of `ramgraph check`, and compares pages with what is written down about them. */
export async function checkFiles(files: readonly string[]): Promise<CheckedFiles> {
  const documents: CheckedDocument[] = [];
  const pages: ComparedPage[] = [];
  const crashes: { place: string; error: string }[] = [];
  const attempt = async (place: string, run: () => void | Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      crashes.push({ place, error: String(error) });
    }
  };
  for (const file of files) {
    await attempt(file, async () => {
      documents.push(...(await checkDocuments([file], () => Promise.resolve(""))));
    });
    await attempt(file, () => {
      const page = checkPage(file);
      if (page !== undefined) pages.push(page);
    });
    for (const [place, check] of file.endsWith(".jsonl") ? await verbatimChecks(file) : [])
      await attempt(place, () => void documents.push(...check()));
  }
  return { documents, pages, crashes };
}

/** A line of JSON Lines may hold `verbatim`, the text as it was found where that was no JSON. */
async function verbatimChecks(file: string): Promise<(readonly [string, () => CheckedDocument[]])[]> {
  const lines = (await readFile(file, "utf8")).split("\n");
  return lines.map((text, index) => [`${file}:${index + 1}`, () => checkVerbatim(file, index + 1, text)] as const);
}

function checkVerbatim(file: string, line: number, text: string): CheckedDocument[] {
  const { name, verbatim } = (text.trim() === "" ? {} : JSON.parse(text)) as { name?: string; verbatim?: unknown };
  if (typeof verbatim !== "string") return [];
  return [{ file, line, name: `${name ?? ""} (verbatim)`, findings: parsePolicy(verbatim, "IDENTITY").findings }];
}
