import type { Answer } from "./answer.js";
import { CALLS, type Call, type CallName } from "./calls.js";
import { nameFile } from "./name-file.js";
import { addPage, nextPage, type Progress } from "./next-page.js";
import type { Asking } from "./session.js";

/** What a call is about. */
export interface CallSubject {
  /** What the file name says beside the operation. */
  readonly names?: readonly string[];
  /** Parameters beside those of the pages. */
  readonly query?: Readonly<Record<string, string>>;
  readonly region?: string;
}

/** How one page is asked for; undefined where no file can bear its name. */
export function askForPage(
  name: CallName,
  { names = [], query = {}, region }: CallSubject,
  progress: Progress,
): Asking | undefined {
  const call: Call = CALLS[name];
  const file = nameFile(name, { names, page: call.paging === undefined ? undefined : progress.page });
  if (file === undefined) return undefined;
  const check = (answer: Answer): string | undefined => {
    const next = nextPage(call, answer, addPage(progress, answer));
    return "problem" in next ? next.problem : undefined;
  };
  return { call: name, query: { ...query, ...progress.query }, names, file, region, check };
}
