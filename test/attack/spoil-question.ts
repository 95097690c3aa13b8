import type { Random } from "../../bench/random.js";
import { get, json, post } from "../server/hostile-requests.js";
import type { Sent } from "../server/send.js";
import { hostileNumbers, hostileShapes, hostileTexts } from "./hostile-values.js";
import type { Question } from "./write-question.js";

const tokens = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ":",
  "$",
  "@",
  "!",
  "|",
  "&",
  "=",
  "...",
  '"',
  '"""',
  "#",
  "\\u{110000}",
  "\\ud800",
  "\u0000",
  "null",
  "fragment F on Query { ...F }",
  "...F",
  "@include(if: $v0)",
  "@skip(if: true)",
  "@defer",
  "mutation",
  "subscription",
  "__schema { types { name } }",
  "__typename",
  "x: ",
  "-1",
  "1e999",
  "9".repeat(400),
  "\ufeff",
  "\u2028",
  "é",
] as const satisfies readonly string[];

type Spoil = (random: Random, text: string) => string;

/** Small changes of a document; some leave it valid. */
const spoils: readonly [Spoil, ...Spoil[]] = [
  (random, text) => cut(text, random.below(text.length), 1 + random.below(8)),
  (random, text) => insert(text, random.below(text.length), random.pick(tokens)),
  (random, text) => insert(text, random.below(text.length), ` ${random.pick(tokens)} `),
  (random, text) => swapWords(random, text),
  (random, text) => text.replace(/\d+/, String(random.pick(hostileNumbers))),
  (random, text) => text.replace(/"[^"]*"/, () => JSON.stringify(random.pick(hostileTexts))),
  (random, text) => text.replace(/{ /, `{ ${"__typename ".repeat(random.below(3_000))}`),
  (random, text) =>
    text.replace(/{ /, `{ ${Array.from({ length: random.below(60) }, (_, at) => `a${at}: __typename`).join(" ")} `),
  (random, text) => text.replace(/} }/, "} ".repeat(1 + random.below(3))),
  (random, text) => `${text} ${text.slice(0, random.below(text.length))}`,
  (random, text) =>
    text.replace(/^query Q/, random.pick(["mutation Q", "subscription Q", "query", "query Q2 { __typename } query Q"])),
  (random, text) => text.replace(/first: \d+/g, `first: ${random.pick(hostileNumbers)}`),
];

const cut: (text: string, at: number, length: number) => string = (text, at, length) =>
  text.slice(0, at) + text.slice(at + length);
const insert = (text: string, at: number, more: string) => text.slice(0, at) + more + text.slice(at);

function swapWords(random: Random, text: string): string {
  const words = text.split(" ");
  const [one, other] = [random.below(words.length), random.below(words.length)];
  return words.map((word, at) => (at === one ? words[other] : at === other ? words[one] : word)).join(" ");
}

/** Changes a document in one to three places. */
export function spoilDocument(random: Random, text: string): string {
  const steps = Array.from({ length: 1 + random.below(3) }, () => random.pick(spoils));
  return steps.reduce((before, spoil) => spoil(random, before), text);
}

/** Puts something that does not belong there in the place of one variable, or beside them. */
export function spoilVariables(random: Random, variables: Question["variables"]): unknown {
  if (random.chance(0.1)) return random.pick(hostileShapes);
  const names = [...Object.keys(variables), "other", "__proto__"];
  const name = names[random.below(names.length)] ?? "other";
  const value = random.pick([random.pick(hostileTexts), random.pick(hostileNumbers), random.pick(hostileShapes)]);
  return Object.fromEntries([...Object.entries(variables), [name, value]]);
}

type Envelope = (random: Random, question: Question) => Sent;

const hash = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";

/** Ways to send a question that no client of ours uses. */
const envelopes: readonly [Envelope, ...Envelope[]] = [
  (_, { query }) => get(query),
  (_, { query }) => get(query, {}),
  (random, question) =>
    post(JSON.stringify({ ...question, operationName: random.pick(["Q", "Q2", "", "__proto__", "x".repeat(9_000)]) })),
  (random, question) => post(JSON.stringify({ ...question, operationName: random.pick(hostileShapes) })),
  (random, question) => post(JSON.stringify({ ...question, extensions: random.pick(hostileShapes) })),
  (_, question) =>
    post(JSON.stringify({ ...question, extensions: { persistedQuery: { version: 1, sha256Hash: hash } } })),
  (random, { variables }) => post(JSON.stringify({ variables, documentId: random.pick(hostileTexts) })),
  (_, { variables }) =>
    post(JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: hash } } })),
  (random, question) => post(cut(JSON.stringify(question), random.below(40), 1)),
  (random, question) => post(JSON.stringify(question) + random.pick(["}", " ", "\u0000", "[]"])),
  (_, question) => post(JSON.stringify([question])),
  (random, question) => post(JSON.stringify({ ...question, query: random.pick(hostileShapes) })),
  (random, question) =>
    post(JSON.stringify(question), { ...json, accept: random.pick(["text/html", "*/*;q=x", "multipart/mixed", ","]) }),
];

export function wrapOddly(random: Random, question: Question): Sent {
  return random.pick(envelopes)(random, question);
}
