import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startTarget, type Target } from "./start-target.js";
import { watchBystander } from "./watch-bystander.js";

/** Milliseconds after which nobody holds a connection without asking anything. */
const patience = 35_000;
const drip = 1_000;

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});

afterAll(async () => {
  await target.close();
});

interface Slow {
  /** Sent at once. */
  readonly begin: string;
  /** Sent again and again, once a second; nothing for a client that falls silent. */
  readonly drip: string;
  readonly count: number;
}

const host = "host: localhost\r\n";
const post = `POST /graphql HTTP/1.1\r\n${host}content-type: application/json\r\n`;

test.each<[string, Slow]>([
  ["headers that never end", { begin: `GET /graphql HTTP/1.1\r\n${host}`, drip: "x: y\r\n", count: 100 }],
  ["a body that comes letter by letter", { begin: `${post}content-length: 1000\r\n\r\n`, drip: " ", count: 100 }],
  ["chunks of one letter", { begin: `${post}transfer-encoding: chunked\r\n\r\n`, drip: "1\r\n \r\n", count: 100 }],
  ["half a request, and silence", { begin: "POST /graphql HTTP/1.1\r\n", drip: "", count: 500 }],
  ["half a body, and silence", { begin: `${post}content-length: 1000\r\n\r\n{`, drip: "", count: 500 }],
  ["no word at all", { begin: "", drip: "", count: 500 }],
  ["a good request, and silence", { begin: `GET /healthz HTTP/1.1\r\n${host}\r\n`, drip: "", count: 500 }],
])("%s: is cut off in time, and nobody waits for it", async (_, slow) => {
  const endWatch = watchBystander(target.origin, target.headers);
  const { hostname, port } = new URL(target.origin);
  const begin = performance.now();
  const lives = await Promise.all(
    Array.from({ length: slow.count }, () => live(connect(Number(port), hostname), slow)),
  );
  const fared = await endWatch();
  const longest = Math.max(...lives.map((end) => end - begin));
  process.stdout.write(
    `${slow.count} cut off after ${Math.round(longest)} ms at most; the bystander waited ${Math.round(fared.longest)} ms at worst, ` +
      `${Math.round(fared.machine)} for the machine itself\n`,
  );
  expect(longest).toBeLessThan(patience);
  expect(fared.failures).toEqual([]);
  expect(fared.longest - fared.machine).toBeLessThan(500);
});

/** Milliseconds of the clock at which the server ended it. */
async function live(socket: Socket, { begin, drip: part }: Slow): Promise<number> {
  let isClosed = false;
  socket.on("error", () => undefined);
  socket.once("close", () => {
    isClosed = true;
  });
  socket.resume();
  socket.write(begin);
  while (!isClosed) {
    await sleep(drip);
    if (part !== "" && socket.writable) socket.write(part);
  }
  return performance.now();
}
