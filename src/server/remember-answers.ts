import type { GraphQLResponse } from "@apollo/server";
import type { FormattedExecutionResult } from "graphql";
import { LRUCache } from "lru-cache";
import type { OperationRecord } from "./operation-record.js";
import { type Listener, NO_HEADERS, type Part } from "./part.js";
import { WrittenData } from "./written-data.js";

/** Price of an operation from which on it is worth it; what costs less is answered about as soon as it is found. */
const worthwhile = 10;
const mostAnswers = 2_000;

interface Kept extends Pick<OperationRecord, "verdicts" | "isTimeless"> {
  readonly key: string;
  readonly text: string;
  readonly revisions: ReadonlySet<string>;
  /** The state of history, where it looked back. */
  readonly past: string | undefined;
}

type Answers = LRUCache<string, Kept>;

/** The state of history when an operation looked back first. */
interface Past {
  readonly state: string | undefined;
}

/** Remembers answers of the newest state, and writes all answers, as those that are remembered are kept in writing. */
export interface AnswerMemory {
  readonly part: Part;
  readonly write: (result: FormattedExecutionResult) => string;
}

/**
 * Gives an answer again, to the byte, to the same viewer who asks the same of the same state. The key tells all that an answer hangs
 * on: the newest snapshot, by identity; the viewer with all rights; the document, by identity; the operation's name; the variables.
 * An answer that looked back is given only while history is what it was before and after, as far as the server has seen. What hangs on
 * more is not kept: answers that looked at the clock or at how the server fares, and answers with errors. Pricing, budget, log and
 * metrics see no difference. What is remembered goes with its snapshot.
 *
 * @param most bytes for all that is remembered of a snapshot, a 16th of them for one answer; 0 remembers nothing
 */
export function rememberAnswers(most: number): AnswerMemory {
  const answersOf = answersBySnapshot(most);
  const numberOf = countObjects();
  const keepers = new WeakMap<object, (text: string) => void>();
  const part: Part = ({ contextValue }) => {
    const { record, viewer, began, live } = contextValue;
    if (most === 0 || began === undefined) return NOTHING;
    const answers = answersOf(began);
    let key: string | undefined;
    let before: Past | undefined;
    const give = (asked: string): GraphQLResponse | null => {
      key = asked;
      const kept = answers.get(key);
      record.onLookBack = () => {
        before ??= { state: contextValue.pastState() };
      };
      if (kept === undefined || (kept.past !== undefined && kept.past !== contextValue.pastState())) return null;
      key = undefined;
      restore(record, kept);
      const data = new WrittenData(kept.text);
      return { http: NO_HEADERS, body: { kind: "single", singleResult: { data } } };
    };
    const keep = (asked: string, { data, errors }: FormattedExecutionResult): void => {
      const isLasting = !record.isMomentary && isUpTo(record.revisions, began.revision);
      if (!isLasting || errors !== undefined || !data) return;
      if (before !== undefined && (before.state === undefined || before.state !== contextValue.pastState())) return;
      if (live?.newest !== began) return;
      const { revisions, verdicts, isTimeless } = record;
      const kept = { key: asked, revisions, verdicts, isTimeless, past: before?.state };
      const written = WrittenData.textOf(data);
      // What a `WeakMap` holds stays until all of memory is swept.
      if (written === undefined) keepers.set(data, (text) => answers.set(asked, { ...kept, text }));
      else answers.set(asked, { ...kept, text: written });
    };
    return {
      responseForOperation: ({ document, operationName, request: { variables = {} } }) => {
        if ((record.cost ?? 0) < worthwhile) return null;
        const { name, seesAllAccounts, accountIds = null, mayExplore } = viewer;
        const asker = [name, seesAllAccounts, accountIds, mayExplore];
        const values = writeVariables(variables);
        return values === undefined ? null : give(JSON.stringify([asker, numberOf(document), operationName]) + values);
      },
      willSendResponse: ({ response: { body } }) => {
        if (key !== undefined && body.kind === "single") keep(key, body.singleResult);
      },
    };
  };
  return { part, write: (result) => write(result, keepers) };
}

const NOTHING: Listener = {};

/** An LRU cache for each snapshot, which goes with it. */
function answersBySnapshot(most: number): (snapshot: object) => Answers {
  const known = new WeakMap<object, Answers>();
  return (snapshot) => {
    const answers =
      known.get(snapshot) ??
      new LRUCache<string, Kept>({
        max: mostAnswers,
        maxSize: most,
        maxEntrySize: Math.ceil(most / 16),
        sizeCalculation: ({ key, text }) => 2 * (key.length + text.length),
      });
    known.set(snapshot, answers);
    return answers;
  };
}

/** As a text that is another one for other variables; undefined where a number was too large to be read, which JSON writes as null. */
function writeVariables(variables: object): string | undefined {
  const text = JSON.stringify(variables);
  return text.includes("null") && holdsInfinity(variables) ? undefined : text;
}

function holdsInfinity(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsInfinity);
}

/** A number for each object, never given twice. */
function countObjects(): (object: object) => number {
  const numbers = new WeakMap<object, number>();
  let last = 0;
  return (object) => {
    const number = numbers.get(object) ?? ++last;
    numbers.set(object, number);
    return number;
  };
}

/** What came after the newest revision of then is not what the next one sees. */
const isUpTo = (revisions: ReadonlySet<string>, newest: string) =>
  revisions.size > 0 && [...revisions].every((revision) => BigInt(revision) <= BigInt(newest));

/** What the log and the metrics are to know, as if it had been worked out again. */
function restore(record: OperationRecord, { revisions, verdicts, isTimeless }: Kept): void {
  record.isTimeless = isTimeless;
  for (const revision of revisions) record.revisions.add(revision);
  for (const [verdict, count] of verdicts) record.verdicts.set(verdict, count);
}

/** The text that Apollo writes by itself, of parts that were written before or are kept in writing. */
function write(result: FormattedExecutionResult, keepers: WeakMap<object, (text: string) => void>): string {
  const { data, errors, extensions } = result;
  const keep = data ? keepers.get(data) : undefined;
  const written = WrittenData.textOf(data);
  if (errors !== undefined || (keep === undefined && written === undefined)) return `${JSON.stringify(result)}\n`;
  const text = written ?? JSON.stringify(data);
  keep?.(text);
  return extensions === undefined
    ? `{"data":${text}}\n`
    : `{"data":${text},"extensions":${JSON.stringify(extensions)}}\n`;
}
