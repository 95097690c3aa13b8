import { expect, test } from "@jest/globals";
import { responseFiles } from "../../../bench/responses.js";
import { SIZES } from "../../../bench/world.js";
import { type Files, readBatch } from "./export-folder.js";

function filesOf(seed: number): Files {
  const size = SIZES.S ?? { principals: 0, policies: 0 };
  const lines = (responses: Iterable<object>): string => [...responses].map((one) => JSON.stringify(one)).join("\n");
  return Object.fromEntries([...responseFiles(size, seed)].map(({ name, responses }) => [name, lines(responses)]));
}

test("a made-up world is a whole export, the same for the same seed", async () => {
  const { facts, findings, gaps } = await readBatch(filesOf(1));
  expect([findings, gaps]).toEqual([[], []]);
  expect(facts.users).toHaveLength(160);
  expect(facts.roles).toHaveLength(40);
  expect(facts.attachments.length).toBeGreaterThan(900);
  expect(facts.memberships.length).toBeGreaterThan(0);
  expect(filesOf(1)).toEqual(filesOf(1));
  expect(filesOf(2)).not.toEqual(filesOf(1));
});
