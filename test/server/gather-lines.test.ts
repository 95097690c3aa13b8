import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { createLog } from "../../src/server/create-log.js";
import { gatherLines } from "../../src/server/gather-lines.js";

function sink() {
  const pieces: string[] = [];
  return { pieces, stream: { write: (text: string) => pieces.push(text) > 0 } };
}

test("lines are written together, in their order, and none is lost", async () => {
  const { pieces, stream } = sink();
  const { write, flush } = gatherLines(stream);
  for (let at = 0; at < 1_000; at += 1) write(`line ${at}\n`);
  expect(pieces).toEqual([]);
  flush();
  write("last\n");
  while (pieces.length < 2) await sleep(5);
  expect(pieces.join("")).toBe(`${Array.from({ length: 1_000 }, (_, at) => `line ${at}\n`).join("")}last\n`);
});

test("many characters do not wait", () => {
  const { pieces, stream } = sink();
  gatherLines(stream).write("x".repeat(70_000));
  expect(pieces).toHaveLength(1);
});

test("an error is written at once, with what came before it", () => {
  const { pieces, stream } = sink();
  const log = createLog("info", stream);
  log.info({ at: 1 }, "before");
  log.error({ at: 2 }, "after");
  expect(pieces.join("")).toMatch(/"before".*\n.*"after"/);
});
