/** Bytes that are hardly HTTP, and what must come back before the connection ends. */
const host = "host: localhost";
const head = (...lines: readonly string[]) => `${[...lines, host].join("\r\n")}\r\n\r\n`;
const asJson = "content-type: application/json";

export const rawRequests: readonly (readonly [name: string, bytes: string, answer: RegExp])[] = [
  ["noise", "\u0000\u0001garbage\r\n\r\n", /^HTTP\/1.1 400 /],
  ["the hello of TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n", /^HTTP\/1.1 400 /],
  ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", /^HTTP\/1.1 (400|404|421) /],
  ["a header without a colon", head("GET /healthz HTTP/1.1", "nonsense"), /^HTTP\/1.1 400 /],
  ["a header that goes on in the next line", head("GET /healthz HTTP/1.1", "x: a\r\n b"), /^HTTP\/1.1 400 /],
  ["NUL in a header", head("GET /healthz HTTP/1.1", "x: a\u0000b"), /^HTTP\/1.1 400 /],
  ["a header of 80 KB", head("GET /healthz HTTP/1.1", `x: ${"x".repeat(80_000)}`), /^HTTP\/1.1 431 /],
  ["no host", "GET /healthz HTTP/1.1\r\n\r\n", /^HTTP\/1.1 400 /],
  ["two lengths", `${head("POST /graphql HTTP/1.1", "content-length: 1", "content-length: 2")}{}`, /^HTTP\/1.1 400 /],
  [
    "a length and chunks",
    `${head("POST /graphql HTTP/1.1", "content-length: 1", "transfer-encoding: chunked")}0\r\n\r\n`,
    /^HTTP\/1.1 400 /,
  ],
  ["a chunk whose length is no number", `${chunked()}zz\r\n{}\r\n0\r\n\r\n`, /^HTTP\/1.1 400 /],
  ["a chunk of more than 2^64 bytes", `${chunked()}fffffffffffffffff\r\n{}`, /^HTTP\/1.1 400 /],
  ["a chunk longer than it says", `${chunked()}1\r\n{}\r\n0\r\n\r\n`, /^HTTP\/1.1 400 /],
  ["a length that is negative", head("POST /graphql HTTP/1.1", asJson, "content-length: -1"), /^HTTP\/1.1 400 /],
];

function chunked(): string {
  return head("POST /graphql HTTP/1.1", asJson, "transfer-encoding: chunked");
}
