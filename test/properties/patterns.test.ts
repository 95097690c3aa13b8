import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readResourcePattern } from "../../src/policy/arn.js";
import { coversProgram } from "../../src/policy/patterns/covers-program.js";
import { intersectPrograms, programsMeet, sharedPlainly } from "../../src/policy/patterns/intersect-programs.js";
import { compileWildcards } from "../../src/policy/patterns/program.js";
import { representatives } from "../../src/policy/patterns/resource-set.js";
import { finish } from "../../src/policy/steps.js";
import { matchesWildcard } from "../../src/policy/wildcard.js";
import { runs } from "../worlds/runs.js";

const pattern = fc.array(fc.constantFrom("a", "b", "*", "*", "?"), { maxLength: 6 }).map((chars) => chars.join(""));
const LETTERS = ["a", "b", "c"];
const words = [1, 2, 3, 4].reduce<readonly string[]>(
  (all) => [...new Set(all.flatMap((word) => [word, ...LETTERS.map((char) => word + char)]))],
  [""],
);
const enough = () => ({ left: 1_000_000 });
const literal = (text: string) => compileWildcards(text, false);

test("an intersection matches exactly what both patterns match", () => {
  fc.assert(
    fc.property(pattern, pattern, (left, right) => {
      const [one, other] = [compileWildcards(left, false), compileWildcards(right, false)];
      const found = finish(intersectPrograms(one, other, enough())) ?? [];
      const isFound = (word: string) => found.some((program) => coversProgram(program, literal(word), enough()));
      const isInBoth = (word: string) => matchesWildcard(left, word) && matchesWildcard(right, word);
      expect(words.filter((word) => isFound(word) !== isInBoth(word))).toEqual([]);
      expect(programsMeet(one, other)).toBe(found.length > 0);
      const plain = sharedPlainly(one, other, enough());
      const isPlain = (word: string) => plain?.some((program) => coversProgram(program, literal(word), enough()));
      expect(words.filter((word) => (isPlain(word) ?? isInBoth(word)) !== isInBoth(word))).toEqual([]);
    }),
    runs(300),
  );
});

test("a pattern that covers another matches all that it matches; without `?` also the other way round", () => {
  fc.assert(
    fc.property(pattern, pattern, (outer, inner) => {
      const covers = coversProgram(compileWildcards(outer, false), compileWildcards(inner, false), enough());
      const all = words.every((word) => !matchesWildcard(inner, word) || matchesWildcard(outer, word));
      if (covers) expect([outer, inner, all]).toEqual([outer, inner, true]);
      if (!outer.includes("?") && inner.length <= 3 && all)
        expect([outer, inner, covers]).toEqual([outer, inner, true]);
    }),
    runs(2000),
  );
});

/** A text of digits that looks random and is the same every time. */
function digits(seed: number, length: number): string {
  return String((seed * 7919 + 104729) ** 3)
    .replace(/\D/g, "")
    .slice(0, length);
}

const WHOLE = readResourcePattern("acs:oss:*:*:*").pattern;
const shapes: Readonly<Record<string, (i: number) => string>> = {
  "exact ids": (i) => `i-${digits(i, 8)}`,
  prefixes: (i) => `b${digits(i, 6)}/*`,
  suffixes: (i) => `*${digits(i, 7)}`,
  "inner stars": (i) => `app-*-${digits(i, 7)}`,
  "prefixes of each other": (i) => `${"d/".repeat(i % 16)}${i}*`,
};

test.each(Object.entries(shapes))("64 patterns are told apart exactly: %s", (_, shape) => {
  const patterns = Array.from({ length: 64 }, (_unused, i) => readResourcePattern(`acs:oss:*:*:${shape(i)}`).pattern);
  const each = representatives(
    WHOLE,
    patterns.map((one) => [one]),
    "111",
  );
  const halves = representatives(WHOLE, [patterns.slice(0, 32), patterns.slice(32)], "111");
  expect([each.isExact, halves.isExact]).toEqual([true, true]);
  expect(each.resources.length).toBeGreaterThan(64);
});

test("64 words between stars are told apart exactly in two lists", () => {
  const patterns = Array.from(
    { length: 64 },
    (_, i) => readResourcePattern(`acs:oss:*:*:a-*-${digits(i, 5)}-*/x`).pattern,
  );
  expect(representatives(WHOLE, [patterns.slice(0, 32), patterns.slice(32)], "111")).toMatchObject({ isExact: true });
});

test.each([
  [65, 20],
  [65, 1000],
])("%i adversarial patterns of %i stars are given up", (count, stars) => {
  const patterns = Array.from(
    { length: count },
    (_, i) =>
      readResourcePattern(
        `acs:oss:*:*:${Array.from(
          digits(i, 15)
            .padEnd(15, "1")
            .repeat(Math.ceil(stars / 15))
            .slice(0, stars),
          (digit) => `*${digit}`,
        ).join("")}c`,
      ).pattern,
  );
  expect(
    representatives(
      WHOLE,
      patterns.map((one) => [one]),
      "111",
    ).isExact,
  ).toBe(false);
});
