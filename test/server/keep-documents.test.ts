import { expect, test } from "@jest/globals";
import { parse } from "graphql";
import { keepDocuments } from "../../src/server/keep-documents.js";

/** A document of so many letters, another one for each number. */
const documentOf = (letters: number, at: number) => parse(`{ a }#${at} `.padEnd(letters, "x"));

async function countKept(count: number, letters: number): Promise<number> {
  const { store, find } = keepDocuments();
  const documents = Array.from({ length: count }, (_, at) => documentOf(letters, at));
  for (const [at, document] of documents.entries()) await store.set(`key ${at}`, document);
  const found = await Promise.all(documents.map((_, at) => store.get(`key ${at}`)));
  expect(documents.map(({ loc }) => find(loc?.source.body ?? ""))).toEqual(found);
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

test("finds the text of a document that two requests brought at once, as long as it is kept", async () => {
  const { store, find } = keepDocuments();
  for (let time = 0; time < 2; time += 1) await store.set("key", documentOf(100, 1));
  expect(find(`{ a }#1 `.padEnd(100, "x"))).toBe(await store.get("key"));
  await store.delete("key");
  expect(find(`{ a }#1 `.padEnd(100, "x"))).toBeUndefined();
});
