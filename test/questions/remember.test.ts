import { expect, test } from "@jest/globals";
import { remember } from "../../src/questions/access/remember.js";

/** Asks what is remembered, and tells which questions had to be worked out. */
function asked(most: number, keys: readonly string[]): readonly string[] {
  const [remembered, owner] = [remember<object, number>(most), {}];
  const workedOut: string[] = [];
  for (const key of keys) {
    remembered(owner, key, () => workedOut.push(key));
  }
  return workedOut.map((key) => key.slice(0, 1));
}

const MEBIBYTE = 1024 * 1024;
const long = (letter: string, mebibytes: number) => letter.repeat(mebibytes * MEBIBYTE);

test.each<[string, number, readonly string[], readonly string[]]>([
  ["what is kept is not worked out again", 2, ["a", "b", "a", "b"], ["a", "b"]],
  ["the one that was asked for longest ago goes first", 2, ["a", "b", "a", "c", "a", "b"], ["a", "b", "c", "b"]],
  ["long questions go before there are many", 9, [long("a", 9), long("b", 9), long("a", 9)], ["a", "b", "a"]],
  [
    "one that is too long is not kept, and the others are",
    9,
    ["b", long("a", 17), long("a", 17), "b"],
    ["b", "a", "a"],
  ],
])("%s", (_, most, keys, workedOut) => {
  expect(asked(most, keys)).toEqual(workedOut);
});
