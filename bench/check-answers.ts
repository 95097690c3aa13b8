import type { Snapshot } from "../src/grants/snapshot.js";
import { askCan, askWhoCan } from "./core-figures.js";
import type { HttpClient } from "./http-client.js";
import { canOf, whoCanOf } from "./http-courses.js";
import type { BenchQuestion } from "./questions.js";

/**
 * Holds answers over HTTP against the core's: nothing is timed that answers otherwise.
 *
 * @throws at the first that differs
 */
export async function checkAnswers(
  client: HttpClient,
  url: string,
  snapshot: Snapshot,
  questions: readonly BenchQuestion[],
): Promise<void> {
  for (const question of questions) {
    const { verdict } = askCan(snapshot, question);
    const expected = `{"data":{"can":{"verdict":"${verdict}"}}`;
    const answer = await client.ask(url, canOf(question));
    if (!answer.startsWith(`${expected},`)) throw new Error(`\`can\` answers ${answer} instead of ${expected}`);
  }
  for (const question of questions.slice(0, 5)) {
    const expected = `{"data":{"whoCan":{"totalCount":${askWhoCan(snapshot, question).length},`;
    const answer = await client.ask(url, whoCanOf(question, 25));
    if (!answer.startsWith(expected)) throw new Error(`\`whoCan\` answers ${answer.slice(0, 80)}, not ${expected}`);
  }
}
