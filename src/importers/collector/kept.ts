import { type Answer, readAnswer } from "./answer.js";
import { CALLS, type CallName } from "./calls.js";
import { addPage, nextPage, type Progress, startOf } from "./next-page.js";
import { askForPage, type CallSubject } from "./page-asking.js";
import type { Asking } from "./session.js";
import type { TargetFolder } from "./target-folder.js";

/** What a former run fetched; undefined for what is not there, an error, and what the import would not take. */
export async function readKept(folder: TargetFolder, asking: Asking): Promise<Answer | undefined> {
  const bytes = await folder.read(asking.file);
  if (bytes === undefined) return undefined;
  const reading = readAnswer(asking.call, asking.file, asking.names ?? [], bytes);
  return "answer" in reading && asking.check?.(reading.answer) === undefined ? reading.answer : undefined;
}

/**
 * Whether a former run fetched all pages of an answer. Where it did not, those that are there are removed: the list may
 * have changed since, and pages of two times together can lack rows that were there at both.
 */
export async function keepWhole(folder: TargetFolder, name: CallName, subject: CallSubject): Promise<boolean> {
  if (await isWhole(folder, name, subject)) return true;
  for (let page = 1; ; page += 1) {
    const asking = askForPage(name, subject, { ...startOf(CALLS[name]), page });
    const isRemoved = asking !== undefined && (await folder.remove(asking.file));
    if (!isRemoved || !("paging" in CALLS[name])) return false;
  }
}

async function isWhole(folder: TargetFolder, name: CallName, subject: CallSubject): Promise<boolean> {
  let progress: Progress = startOf(CALLS[name]);
  for (;;) {
    const asking = askForPage(name, subject, progress);
    const answer = asking === undefined ? undefined : await readKept(folder, asking);
    if (answer === undefined) return false;
    const read = addPage(progress, answer);
    const next = nextPage(CALLS[name], answer, read);
    if (!("query" in next)) return true;
    progress = { ...read, ...next, page: read.page + 1 };
  }
}
