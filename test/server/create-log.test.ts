import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { createLog } from "../../src/server/create-log.js";

function sink(isTTY?: boolean) {
  const pieces: string[] = [];
  return { pieces, stream: { write: (text: string) => pieces.push(text) > 0, ...(isTTY && { isTTY }) } };
}

interface Line {
  readonly time: number;
  readonly level: string;
}

const linesOf = (pieces: readonly string[]): readonly Line[] =>
  pieces
    .join("")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

test("lines are written together, in their order, each with the time when it happened", async () => {
  const { pieces, stream } = sink();
  const log = createLog("info", stream);
  const before = Date.now();
  log.info({ at: 1 }, "first");
  await sleep(20);
  log.warn({ at: 2 }, "second");
  expect(pieces).toEqual([]);
  while (pieces.length === 0) await sleep(5);
  expect(pieces).toHaveLength(1);
  const [first, second] = linesOf(pieces);
  expect(first).toMatchObject({ level: "info", at: 1, msg: "first" });
  expect(second).toMatchObject({ level: "warn", at: 2, msg: "second" });
  const [early = 0, late = 0] = [first?.time, second?.time];
  expect(early).toBeGreaterThanOrEqual(before);
  expect(late - early).toBeGreaterThanOrEqual(15);
});

test("an error is written at once, with what came before it", () => {
  const { pieces, stream } = sink();
  const log = createLog("info", stream);
  log.info({ at: 1 }, "before");
  log.error({ at: 2 }, "after");
  expect(linesOf(pieces)).toMatchObject([{ msg: "before" }, { msg: "after" }]);
});

test("what the level leaves out is not written", () => {
  const { pieces, stream } = sink();
  const log = createLog("warn", stream);
  log.debug({}, "nothing");
  log.info({}, "nothing");
  log.error({}, "something");
  expect(linesOf(pieces)).toMatchObject([{ msg: "something" }]);
});

test("a terminal gets plain words, each line at once", () => {
  const { pieces, stream } = sink(true);
  createLog("info", stream).info({ port: 4000 }, "listening\nnow");
  expect(pieces).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d info "?listening\\?n?/)]);
});
