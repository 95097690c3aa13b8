import { expect, test } from "@jest/globals";
import { parse } from "graphql";
import { keepDocuments } from "../../src/server/keep-documents.js";

/** A document of so many letters. */
const documentOf = (letters: number) => parse(`{ a }#`.padEnd(letters, "x"));

async function countKept(count: number, letters: number): Promise<number> {
  const store = keepDocuments();
  for (let at = 0; at < count; at += 1) await store.set(`key ${at}`, documentOf(letters));
  const found = await Promise.all(Array.from({ length: count }, (_, at) => store.get(`key ${at}`)));
  return found.filter((document) => document !== undefined).length;
}

test.each([
  ["all, up to a thousand", 1_000, 100, 1_000],
  ["a thousand of more", 1_001, 100, 1_000],
  ["half a million letters", 10, 50_000, 10],
  ["no more letters than that", 11, 50_000, 10],
  ["none that is longer by itself", 1, 500_001, 0],
])("keeps %s", async (_, count, letters, kept) => {
  expect(await countKept(count, letters)).toBe(kept);
});
