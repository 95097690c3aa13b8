import { post, query } from "./hostile-requests.js";
import type { Sent } from "./send.js";

/** What goes beyond a limit by one, and what just stays within it. */
export interface LimitPair {
  readonly limit: string;
  readonly most: number;
  readonly sent: (size: number) => Sent;
  /** Of the answer to what goes beyond. */
  readonly status: number;
  readonly code: string;
}

const times = (count: number, each: (at: number) => string) => Array.from({ length: count }, (_, at) => each(at));
const validation = { status: 400, code: "GRAPHQL_VALIDATION_FAILED" };
const input = { status: 200, code: "BAD_USER_INPUT" };
const NODES = "query($ids:[ID!]!){nodes(ids:$ids){id}}";

export const limitPairs: readonly LimitPair[] = [
  {
    limit: "aliases",
    most: 30,
    sent: (size) => query(`{${times(size, (at) => `a${at}:__typename`).join(" ")}}`),
    ...validation,
  },
  {
    limit: "directives",
    most: 20,
    sent: (size) => query(`{${times(size, () => "...@include(if:true){__typename}").join(" ")}}`),
    ...validation,
  },
  {
    limit: "fields of one name with something below them",
    most: 50,
    sent: (size) => query(`{${"roles{totalCount} ".repeat(size)}}`),
    ...validation,
  },
  {
    limit: "depth",
    most: 17,
    sent: (size) => query(nested(size)),
    ...validation,
  },
  {
    limit: "tokens",
    most: 2_500,
    sent: (size) => query(`{nodes(ids:[${'"x" '.repeat(size - 12)}]){id}}`),
    status: 400,
    code: "GRAPHQL_PARSE_FAILED",
  },
  {
    limit: "selections with fragments spread out",
    most: 10_000,
    sent: (size) =>
      query(
        `{${"...F ".repeat(99)}${"__typename ".repeat(size - 9_900)}} fragment F on Query{${"__typename ".repeat(99)}}`,
      ),
    ...validation,
  },
  {
    limit: "bytes of the body",
    most: 1_048_576,
    sent: (size) => post('{"query":"{__typename}"}'.padEnd(size)),
    status: 413,
    code: "BAD_REQUEST",
  },
  {
    limit: "characters of the document",
    most: 65_536,
    sent: (size) => query("{__typename}".padEnd(size)),
    status: 400,
    code: "BAD_REQUEST",
  },
  {
    limit: "levels of the body",
    most: 64,
    sent: (size) => post(`{"query":"{__typename}","variables":{"v":${"[".repeat(size - 2)}${"]".repeat(size - 2)}}}`),
    status: 400,
    code: "BAD_REQUEST",
  },
  {
    limit: "cost",
    most: 20_000,
    // One for the field, and one for each id; so many ids at once are refused by the field, when it comes to that.
    sent: (size) => query(NODES, { variables: { ids: times(size - 1, () => "x") } }),
    status: 400,
    code: "QUERY_TOO_EXPENSIVE",
  },
  { limit: "page", most: 100, sent: (size) => query(`{roles(first:${size}){totalCount}}`), ...input },
  { limit: "page from the end", most: 100, sent: (size) => query(`{roles(last:${size}){totalCount}}`), ...input },
  {
    limit: "page of a computed list",
    most: 500,
    sent: (size) =>
      query(`{whoCan(actions:{name:"ecs:StartInstance"},resource:{anyOf:{pattern:"*"}},first:${size}){totalCount}}`),
    ...input,
  },
  {
    limit: "ids at once",
    most: 100,
    sent: (size) => query(NODES, { variables: { ids: times(size, () => "x") } }),
    ...input,
  },
];

/** Fields one in the other, so many deep. */
function nested(depth: number): string {
  const circle = ["actions(first:1)", "nodes", "service"];
  const path = ["services(first:1)", "nodes", ...times(depth - 3, (at) => circle[at % 3] ?? "")];
  const leaves: Readonly<Record<string, string>> = { "actions(first:1)": "totalCount", service: "code" };
  const leaf = leaves[path.at(-1) ?? ""] ?? (path.length === 2 ? "code" : "name");
  return `{${path.join("{")}{${leaf}${"}".repeat(path.length + 1)}`;
}
