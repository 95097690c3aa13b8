import type { Said } from "../account/said.js";
import type { Answer } from "./answer.js";
import type { CallFailure } from "./call-failure.js";
import { CALLS, type CallName } from "./calls.js";
import { CollectFailed } from "./collect-failed.js";
import { keepWhole, readKept } from "./kept.js";
import type { Limit } from "./limit.js";
import { addPage, nextPage, type Progress, startOf } from "./next-page.js";
import { askForPage, type CallSubject } from "./page-asking.js";
import type { Secrets } from "./secrets.js";
import { type Asking, ask, type Session } from "./session.js";
import { countRows, type Tally } from "./tally.js";
import type { TargetFolder } from "./target-folder.js";

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
  let planned = 1;
  parts.onProgress(name, 0, planned);
  const isKept = await inTurn(parts, async () => await keepWhole(parts.folder, name, subject));
  let step: Progress | boolean = startOf(CALLS[name]);
  while (typeof step !== "boolean") {
    parts.onProgress(name, 0, step.ahead - planned);
    planned = step.ahead - 1;
    const asking = askForPage(name, subject, step);
    const answer = asking === undefined ? noteUnnameable(parts, name, subject) : await fetchPage(parts, asking, isKept);
    step = answer === undefined ? false : takePage(parts, name, step, answer, onPage);
    parts.onProgress(name, 1, 0);
  }
  parts.onProgress(name, 0, -planned);
  return step;
}

/** @returns where to go on, or true when all of it is there */
function takePage(
  { tally }: CollectorParts,
  name: CallName,
  progress: Progress,
  answer: Answer,
  onPage: OnPage,
): Progress | true {
  onPage(answer.said);
  countRows(tally, name, answer.said.length);
  const read = addPage(progress, answer);
  const next = nextPage(CALLS[name], answer, read);
  return "query" in next ? { ...read, ...next, page: read.page + 1 } : true;
}

async function fetchPage(parts: CollectorParts, asking: Asking, isKept: boolean): Promise<Answer | undefined> {
  return await inTurn(parts, async () => {
    const kept = isKept ? await readKept(parts.folder, asking) : undefined;
    if (kept === undefined) return await fetchNew(parts, asking);
    parts.tally.kept += 1;
    return kept;
  });
}

async function inTurn<T>({ limit, session }: CollectorParts, work: () => Promise<T>): Promise<T> {
  return await limit.run(async () => {
    session.stop.signal.throwIfAborted();
    return await work();
  });
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
function noteUnnameable({ tally }: CollectorParts, call: CallName, { names = [] }: CallSubject): undefined {
  const message = `\`${names.join(" ")}\` cannot stand in a file name`;
  tally.failed.push({ file: call, code: "Collect.UnusableName", message, actions: [] });
  return undefined;
}
