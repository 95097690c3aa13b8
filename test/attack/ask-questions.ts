import type { GraphQLSchema } from "graphql";
import { randomFrom } from "../../bench/random.js";
import { json } from "../server/hostile-requests.js";
import { type Received, type Sent, send } from "../server/send.js";
import { judgeAnswer } from "./judge-answer.js";
import { spoilDocument, spoilVariables, wrapOddly } from "./spoil-question.js";
import { writeQuestion } from "./write-question.js";

export interface Attack {
  readonly origin: string;
  readonly schema: GraphQLSchema;
  readonly headers: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly count: number;
  /** Called after every thousand questions. */
  readonly onThousand?: () => Promise<void>;
}

/** What came of the questions. */
export interface Outcome {
  /** Questions by the status and the first code of their answers. */
  readonly answers: ReadonlyMap<string, number>;
  /** What was wrong, with what repeats it. */
  readonly findings: readonly string[];
  readonly slowest: { readonly milliseconds: number; readonly sent: string };
}

const atOnce = 4;
const mostCursors = 200;

/** Sends questions that are made by the seed, good ones and hostile ones, and judges every answer. */
export async function askQuestions({ count, onThousand, ...attack }: Attack): Promise<Outcome> {
  const run = new Run(attack);
  for (let at = 0; at < count; ) {
    const until = Math.min(count, at + 1_000);
    const next = () => (at < until ? at++ : undefined);
    await Promise.all(Array.from({ length: atOnce }, () => run.askInTurn(next)));
    await onThousand?.();
  }
  return run;
}

class Run implements Outcome {
  readonly answers = new Map<string, number>();
  readonly findings: string[] = [];
  slowest = { milliseconds: 0, sent: "" };
  readonly #cursors: string[] = [];

  constructor(private readonly attack: Omit<Attack, "count">) {}

  async askInTurn(next: () => number | undefined): Promise<void> {
    for (let at = next(); at !== undefined; at = next()) await this.#ask(at);
  }

  async #ask(at: number): Promise<void> {
    const { origin, headers } = this.attack;
    const sent = this.#write(at);
    const begin = performance.now();
    const received = await send(origin, { ...sent, headers: { ...sent.headers, ...headers } });
    this.#note(`${this.attack.seed}/${at} ${String(sent.body ?? sent.path)}`, received, performance.now() - begin);
  }

  /** Each question has a sequence of its own, so that one alone can be written again. */
  #write(at: number): Sent {
    const random = randomFrom(this.attack.seed * 1_000_003 + at);
    const cursors = random.chance(0.5) ? this.#cursors : [];
    const hostility = random.pick([0, 0, 0.02, 0.1, 0.5]);
    const question = writeQuestion({ schema: this.attack.schema, random, hostility, cursors });
    const way = random.below(20);
    if (way < 12) return { headers: json, body: JSON.stringify(question) };
    if (way < 16)
      return { headers: json, body: JSON.stringify({ ...question, query: spoilDocument(random, question.query) }) };
    if (way < 19)
      return {
        headers: json,
        body: JSON.stringify({ ...question, variables: spoilVariables(random, question.variables) }),
      };
    return wrapOddly(random, question);
  }

  #note(sent: string, received: Received, milliseconds: number): void {
    const code = /^{"errors":.*?"code":"(\w+)"/.exec(received.body)?.[1] ?? "data";
    const key = `${received.status} ${code}`;
    this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
    for (const finding of judgeAnswer(received)) this.findings.push(`${finding}: ${sent.slice(0, 2_000)}`);
    if (milliseconds > this.slowest.milliseconds) this.slowest = { milliseconds, sent: sent.slice(0, 2_000) };
    for (const [, cursor] of received.body.matchAll(/"(?:cursor|endCursor)":"([\w-]+)"/g)) {
      if (cursor !== undefined && this.#cursors.length < mostCursors) this.#cursors.push(cursor);
    }
  }
}
