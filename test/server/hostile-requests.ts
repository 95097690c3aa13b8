import type { Sent } from "./send.js";

export const json = { "content-type": "application/json" };
export const preflight = { "apollo-require-preflight": "1" };
export const typename = JSON.stringify({ query: "{__typename}" });
const nest = (open: string, times: number, inner: string) => `${open.repeat(times)}${inner}${"}".repeat(times)}`;
export const post = (body: string, headers: Readonly<Record<string, string>> = json): Sent => ({ body, headers });
export const query = (text: string, more: object = {}): Sent => post(JSON.stringify({ query: text, ...more }));
export const get = (text: string, headers: Readonly<Record<string, string>> = preflight): Sent => ({
  method: "GET",
  path: `/graphql?query=${encodeURIComponent(text)}`,
  headers,
});

export const tooExpensive =
  "{services(first:100){nodes{actions(first:100){nodes{grantedBy(first:100){nodes{name}}}}}}}";

/** Each level of types leads to all others. */
const introspectAgain = `fragment A on __Type{fields{type{...B}}} fragment B on __Type{ofType{...C} fields{type{...C}}}
  fragment C on __Type{fields{type{fields{type{name}}}}}`;

/** Requests that must be refused, and the status that each must get. */
export const hostileRequests: readonly [name: string, status: number, request: Sent][] = [
  ["1000 aliases", 400, query(`{${Array.from({ length: 1_000 }, (_, i) => `a${i}:__typename `).join("")}}`)],
  ["20000 aliases", 400, query(`{${Array.from({ length: 20_000 }, (_, i) => `a${i}:__typename `).join("")}}`)],
  ["20000 fields over and over", 400, query(`{${"__typename ".repeat(20_000)}}`)],
  ["20000 unknown fields", 400, query(`{${"nope ".repeat(20_000)}}`)],
  ["text 5000 deep", 400, query(nest("{a", 5_000, ""))],
  ["fields 100 deep", 400, query(`{services${nest("{nodes{dependsOn{nodes{to", 25, "{code}")}`)],
  ["a fragment that holds itself", 400, query("{...F} fragment F on Query {...F}")],
  ["a chain of 10000 fragments", 400, query(`{...F0} ${chainFragments(10_000)}`)],
  ["fragments that expand to 2^30 fields", 400, query(`{...F0} ${doubleFragments(30)}`)],
  ["5000 directives", 400, query(`{__typename ${"@include(if:true) ".repeat(5_000)}}`)],
  ["unknown directives", 400, query("{__typename @nope}")],
  ["inline fragments 1000 deep", 400, query(nest("{...", 1_000, "{__typename}"))],
  ["introspection that expands", 400, query(`{__schema{types{...A}}} ${introspectAgain}`)],
  ["introspection in a circle", 400, query(`{__schema${nest("{types{fields{type", 20, "{name}")}}`)],
  ["5000 operations", 400, query("query{__typename} ".repeat(5_000))],
  [
    "5000 variables",
    400,
    query(`query(${Array.from({ length: 5_000 }, (_, i) => `$v${i}:Int`).join(" ")}){__typename}`),
  ],
  ["a string of 5 MB", 413, query(`{role(name:"${"x".repeat(5_000_000)}"){name}}`)],
  ["a comment of 5 MB", 413, query(`#${"x".repeat(5_000_000)}\n{__typename}`)],
  ["a block string of 100000 lines", 400, query(`{role(name:"""${"x\n".repeat(100_000)}"""){name}}`)],
  ["pages within pages", 400, query(tooExpensive)],
  ["a page of 1e999", 400, post('{"query":"query($n:Int){roles(first:$n){nodes{name}}}","variables":{"n":1e999}}')],
  ["a list of operations", 400, post(`[${typename},${typename}]`)],
  ["a list of a thousand operations", 400, post(`[${Array.from({ length: 1_000 }, () => typename).join(",")}]`)],
  ["an empty list", 400, post("[]")],
  ["GET without a preflight header", 400, get("{__typename}", {})],
  ["GET of a mutation", 405, get("mutation{__typename}")],
  ["GET with text/plain", 415, get("{__typename}", { ...preflight, "content-type": "text/plain" })],
  ["GET with a type that is none", 415, get("{__typename}", { ...preflight, "content-type": ";;;" })],
  ["a form", 415, post("query={__typename}", { "content-type": "application/x-www-form-urlencoded" })],
  ["a multipart form", 415, post("--b", { "content-type": "multipart/form-data; boundary=b" })],
  ["plain text", 415, post(typename, { "content-type": "text/plain" })],
  ["no content type", 415, post(typename, {})],
  ["UTF-7", 415, post(typename, { "content-type": "application/json; charset=utf-7" })],
  ["UTF-16", 415, post(typename, { "content-type": "application/json; charset=utf-16" })],
  ["ISO-2022-JP", 415, post(typename, { "content-type": "application/json; charset=iso-2022-jp" })],
  ["a coded body", 415, post("x", { ...json, "content-encoding": "gzip" })],
  ["a body in Brotli", 415, post("x", { ...json, "content-encoding": "br" })],
  ["a body in a coding that nobody knows", 415, post("x", { ...json, "content-encoding": "x-none" })],
  ["an answer in HTML", 406, post(typename, { ...json, accept: "text/html" })],
  ["PUT", 405, { ...post(typename), method: "PUT" }],
  ["PATCH", 405, { ...post(typename), method: "PATCH" }],
  ["DELETE", 405, { method: "DELETE" }],
  ["TRACE", 405, { method: "TRACE", headers: { "x-secret": "echo" } }],
  ["an empty body", 400, post("")],
  ["null", 400, post("null")],
  ["a number", 400, post("1")],
  ["a text", 400, post('"{__typename}"')],
  ["half a body", 400, post('{"query":"{__typename}"')],
  ["more than a body", 400, post(`${typename}}`)],
  ["HTML", 400, post("<html>")],
  ["bytes that are not UTF-8", 400, { headers: json, body: Buffer.from([0x7b, 0xff, 0x7d]) }],
  ["a query that is an object", 400, post('{"query":{"a":1}}')],
  ["no query", 400, post('{"variables":{}}')],
  ["variables that are a text", 400, query("{__typename}", { variables: "{}" })],
  ["variables that are a list", 400, query("{__typename}", { variables: [] })],
  [
    "a thousand values that do not fit",
    400,
    query("query($k:[ChangeKind!]){compare(base:{},head:{},kinds:$k){totalCount}}", {
      variables: { k: Array.from({ length: 1_000 }, () => "x".repeat(900)) },
    }),
  ],
  ["an operation name that is not there", 400, query("query A{__typename}", { operationName: "B" })],
  ["two operations without a name", 400, query("{__typename} {__typename}")],
  ["a subscription", 400, query("subscription{__typename}")],
  ["a mutation", 400, query("mutation{__typename}")],
  ["a body nested 100000 deep", 400, post(`{"query":"{__typename}","variables":${"[".repeat(1e5)}${"]".repeat(1e5)}}`)],
  ["a body announced with 10 MB", 413, post(" ".repeat(10_000_000))],
  ["a body of 2 MB in chunks", 413, post(" ".repeat(2_000_000), { ...json, "transfer-encoding": "chunked" })],
  ["a field that every object of the language has", 400, query("{__proto__ constructor toString}")],
  ["a foreign host", 421, post(typename, { ...json, host: "evil.example" })],
  ["a foreign host with our port", 421, post(typename, { ...json, host: "evil.example:4000" })],
];

function chainFragments(count: number): string {
  return Array.from({ length: count }, (_, i) => `fragment F${i} on Query {__typename ...F${i + 1}}`).join(" ");
}

function doubleFragments(count: number): string {
  const fragments = Array.from(
    { length: count },
    (_, i) => `fragment F${i} on Query {...F${i + 1} a:__typename ...F${i + 1}}`,
  );
  return `${fragments.join(" ")} fragment F${count} on Query {__typename}`;
}

/** Texts that break programs which take them for something else than text. */
export const hostileTexts: readonly [name: string, text: string][] = [
  ["SQL", "'; DROP TABLE service; --"],
  ["SQL that is always true", "1' OR '1'='1"],
  ["characters that SQL takes for any text", "%_\\"],
  ["NUL", "a\u0000b"],
  ["half a surrogate pair", "a\ud800b"],
  ["the prototype of an object", "__proto__"],
  ["a method of every object", "toString"],
  ["ten thousand characters", "x".repeat(10_000)],
  ["a pattern that takes others for ever", `${"*a".repeat(500)}*b`],
  ["a regular expression that takes others for ever", "^(([a-z])+.)+[A-Z]([a-z])+$"],
  ["a number that no integer holds", "99999999999999999999"],
  ["line ends and escapes", "a\r\nb\u001b[31m"],
];
