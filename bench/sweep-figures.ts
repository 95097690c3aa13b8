import type { Snapshot } from "../src/grants/snapshot.js";
import type { ChildServer } from "./child-server.js";
import { type Figure, milliseconds } from "./figure.js";
import { HttpClient, type Operation } from "./http-client.js";
import { LONGEST_STALL } from "./http-figures.js";
import { sweepQuestions } from "./sweep-questions.js";

/** A question, and what it took the server. */
interface Swept {
  readonly query: string;
  /** Milliseconds of processor in one piece, at the longest. */
  readonly stall: number;
  /** Milliseconds of processor at all. */
  readonly cpu: number;
  /** An operation may take no longer than the server lets it. */
  readonly isAnswered: boolean;
}

/**
 * A question for nearly every field of the API, each asked twice: how long the server let nobody else in, and which took too much to be
 * answered at all.
 *
 * @param earlier a revision that the server has not loaded
 * @throws Error for an answer that is another error
 */
export async function measureSweep(
  snapshot: Snapshot,
  earlier: string,
  server: ChildServer,
): Promise<readonly Figure[]> {
  const client = new HttpClient();
  try {
    const swept: Swept[] = [];
    for (const operation of sweepQuestions(snapshot, earlier)) {
      for (let time = 0; time < 2; time++) swept.push(await askOnce(client, server, operation));
    }
    return figuresOf(swept);
  } finally {
    client.close();
  }
}

async function askOnce(client: HttpClient, server: ChildServer, operation: Operation): Promise<Swept> {
  await server.usage();
  const isAnswered = await client.ask(server.url, operation).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && error.message.includes('"TIMEOUT"')) return false;
      throw error;
    },
  );
  const { cpuMs, longestStall } = await server.usage();
  return { query: operation.query, stall: longestStall.own, cpu: cpuMs, isAnswered };
}

function figuresOf(swept: readonly Swept[]): readonly Figure[] {
  const byStall = swept.toSorted((a, b) => b.stall - a.stall);
  const [longest] = byStall;
  const late = swept.filter(({ isAnswered }) => !isAnswered);
  const above = swept.filter(({ stall }) => stall > LONGEST_STALL);
  const middle = swept.toSorted((a, b) => a.cpu - b.cpu)[swept.length >> 1]?.cpu ?? 0;
  return [
    {
      what: `longest stall by ${swept.length / 2} questions of all kinds, each asked twice`,
      target: `≤ ${LONGEST_STALL} ms of processor`,
      measured: [
        `${milliseconds(longest?.stall ?? 0)} of processor`,
        `${above.length} of ${swept.length} above it`,
        ...(above.length === 0 ? [] : [`the longest by ${named(byStall.slice(0, above.length))}`]),
      ].join("; "),
      isMet: above.length === 0,
    },
    {
      what: "answers to these",
      target: "",
      measured: [
        `${milliseconds(middle)} of processor in the middle`,
        `${swept.length - late.length} of ${swept.length} within the time of an operation`,
        ...(late.length === 0 ? [] : [`not so ${named(late)}`]),
      ].join("; "),
    },
  ];
}

/** How many questions are named. */
const NAMED = 5;

function named(swept: readonly Swept[]): string {
  return [...new Set(swept.map(shown))].slice(0, NAMED).join(", ");
}

/** What was selected says what it was; names of the world are left out. */
function shown({ query }: Swept): string {
  const text = query.replaceAll(/"[^"]*"/g, "…");
  return `\`${text.length > 90 ? `${text.slice(0, 90)}…` : text}\``;
}
