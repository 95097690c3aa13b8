import type { Said } from "../account/said.js";
import { type Answer, readAnswer } from "./answer.js";
import type { CallFailure } from "./call-failure.js";
import { CALLS, type Call, type CallName } from "./calls.js";
import { CollectFailed } from "./collect-failed.js";
import type { Limit } from "./limit.js";
import { nameFile } from "./name-file.js";
import { addPage, nextPage, type Progress, startOf } from "./next-page.js";
import type { Secrets } from "./secrets.js";
import { type Asking, ask, type Session } from "./session.js";
import { countRows, type Tally } from "./tally.js";
import type { TargetFolder } from "./target-folder.js";

/** What a call is about. */
export interface CallSubject {
  /** What the file name says beside the operation. */
  readonly names?: readonly string[];
  /** Parameters beside those of the pages. */
  readonly query?: Readonly<Record<string, string>>;
  readonly region?: string;
}

/** Fetches responses into the folder, each once. */
export interface Collector {
  /**
   * Fetches an answer, with all its pages.
   *
   * @param onPage takes what each page says
   * @returns whether it is all there; where it is not, an error response stands in the folder
   */
  readonly fetch: (call: CallName, subject?: CallSubject, onPage?: (said: readonly Said[]) => void) => Promise<boolean>;
}

export interface CollectorParts {
  readonly session: Session;
  /** Bounds the requests under way and the files open at once. */
  readonly limit: Limit;
  readonly folder: TargetFolder;
  readonly tally: Tally;
  readonly secrets: Secrets;
  /** Told how many responses more are there, and how many more are wanted, which may be fewer than was thought. */
  readonly onProgress: (call: CallName, done: number, planned: number) => void;
}

/** A collector that takes from the folder what is there already, and asks for the rest. */
export function createCollector(parts: CollectorParts): Collector {
  return {
    fetch: async (call, subject = {}, onPage = () => undefined) => await fetchAll(parts, call, subject, onPage),
  };
}

type OnPage = (said: readonly Said[]) => void;

async function fetchAll(parts: CollectorParts, name: CallName, subject: CallSubject, onPage: OnPage): Promise<boolean> {
  let planned = 0;
  let step: Progress | boolean = startOf(CALLS[name]);
  while (typeof step !== "boolean") {
    parts.onProgress(name, 0, step.ahead - planned);
    planned = step.ahead - 1;
    step = await fetchNext(parts, name, subject, onPage, step);
    parts.onProgress(name, 1, 0);
  }
  parts.onProgress(name, 0, -planned);
  return step;
}

/** @returns where to go on, or whether all of it is there */
async function fetchNext(
  parts: CollectorParts,
  name: CallName,
  subject: CallSubject,
  onPage: OnPage,
  progress: Progress,
): Promise<Progress | boolean> {
  const answer = await fetchPage(parts, name, subject, progress);
  if (answer === undefined) return false;
  onPage(answer.said);
  countRows(parts.tally, name, answer.said.length);
  const read = addPage(progress, answer);
  const next = nextPage(CALLS[name], answer, read);
  return "query" in next ? { ...read, ...next, page: read.page + 1 } : true;
}

async function fetchPage(
  parts: CollectorParts,
  name: CallName,
  { names = [], query = {}, region }: CallSubject,
  progress: Progress,
): Promise<Answer | undefined> {
  const call: Call = CALLS[name];
  const file = nameFile(name, { names, page: call.paging === undefined ? undefined : progress.page });
  if (file === undefined) return noteUnnameable(parts, name, names);
  const check = (answer: Answer): string | undefined => {
    const next = nextPage(call, answer, addPage(progress, answer));
    return "problem" in next ? next.problem : undefined;
  };
  const asking = { call: name, query: { ...query, ...progress.query }, names, file, region, check };
  return await parts.limit.run(async () => {
    parts.session.stop.signal.throwIfAborted();
    return (await readKept(parts, asking)) ?? (await fetchNew(parts, asking));
  });
}

/** What a former run fetched; its errors are asked again. */
async function readKept({ folder, tally }: CollectorParts, asking: Asking): Promise<Answer | undefined> {
  const bytes = await folder.read(asking.file);
  if (bytes === undefined) return undefined;
  const reading = readAnswer(asking.call, asking.file, asking.names ?? [], bytes);
  if (!("answer" in reading) || asking.check?.(reading.answer) !== undefined) return undefined;
  tally.kept += 1;
  return reading.answer;
}

async function fetchNew(parts: CollectorParts, asking: Asking): Promise<Answer | undefined> {
  const { session, folder, tally } = parts;
  const outcome = await ask(session, asking);
  if ("failure" in outcome) {
    await noteFailure(parts, asking, outcome.failure);
    return undefined;
  }
  await folder.write(asking.file, outcome.value.bytes);
  tally.written += 1;
  return outcome.value.answer;
}

/** An error response in the answer's place tells the import what is unknown. */
async function noteFailure(parts: CollectorParts, { call, file }: Asking, failure: CallFailure): Promise<void> {
  if (failure.kind === "UNREACHABLE") await demandNetwork(parts.session, failure.problem);
  const { code, message } = describeFailure(failure);
  const hidden = parts.secrets.hide(message);
  const body = { Code: code, Message: hidden };
  await parts.folder.write(file, Buffer.from(`${JSON.stringify(body)}\n`));
  parts.tally.written += 1;
  parts.tally.failed.push({ file, code, message: hidden, actions: CALLS[call].actions });
}

function describeFailure(failure: CallFailure): { readonly code: string; readonly message: string } {
  if (failure.kind === "UNREACHABLE") return { code: "Collect.NoAnswer", message: failure.problem };
  if (failure.kind === "UNREADABLE") return { code: "Collect.UnreadableAnswer", message: failure.problem };
  return { code: failure.code, message: failure.message };
}

/** One call may go unanswered; when none is answered, error responses would only hide what a later run can fetch. */
async function demandNetwork(session: Session, problem: string): Promise<void> {
  const asking = { call: "sts.GetCallerIdentity", query: {}, file: "sts.GetCallerIdentity.json" } as const;
  const outcome = await ask(session, asking, { ...session.pace, attempts: 1 });
  if ("value" in outcome || outcome.failure.kind !== "UNREACHABLE") return;
  throw new CollectFailed("NETWORK", `nothing answers any more (${problem}): the network may be down`);
}

/** The response has no file, so the import finds it missing. */
function noteUnnameable({ tally }: CollectorParts, call: CallName, names: readonly string[]): undefined {
  const message = `\`${names.join(" ")}\` cannot stand in a file name`;
  tally.failed.push({ file: call, code: "Collect.UnusableName", message, actions: [] });
  return undefined;
}
