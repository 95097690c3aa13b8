import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type ResourcePattern, readResourcePattern } from "../../src/policy/arn.js";
import { buildTest } from "../../src/policy/conditions/build-test.js";
import { representatives } from "../../src/policy/patterns/resource-set.js";
import { cellsKey, cellsOf, type Divider } from "../../src/questions/access/cells-of.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";

const pattern = fc
  .constantFrom(
    "*",
    "acs:oss:*:*:*",
    "acs:oss::111:a*",
    "acs:oss:*:111:a*",
    'a","b',
    "a",
    "b",
    "acs:ram:*:*:A",
    "ACS:ram:*::a?",
  )
  .map((text) => readResourcePattern(text).pattern);
const textTest = fc.constantFrom("StringLike", "StringNotLike", "StringEquals").map((operator): Divider => {
  const built = buildTest(operator, "Resource", ["acs:oss:*:a*"], "");
  if ("code" in built) throw new Error(built.code);
  return built;
});
const asked = fc.record({
  pattern: pattern.filter(({ form }) => form !== "WHOLE"),
  dividers: fc.array(
    fc.oneof({ weight: 4, arbitrary: fc.array(pattern, { maxLength: 3 }) }, { weight: 1, arbitrary: textTest }),
    { maxLength: 3 },
  ),
  own: fc.constantFrom("111", "222", undefined),
});

test("cells that were remembered are those that would be found", () => {
  const snapshot = buildWorld({ policies: {} }, []);
  fc.assert(
    fc.property(asked, ({ pattern: set, dividers, own }) => {
      const found = representatives(set, dividers, own);
      expect(cellsOf(snapshot, set, dividers, own)).toEqual(found);
      expect(cellsOf(snapshot, set, dividers, own)).toEqual(found);
    }),
    runs(300),
  );
});

test("two questions share a key only if they mean the same", () => {
  fc.assert(
    fc.property(asked, asked, (one, other) => {
      const isOneKey =
        cellsKey(one.pattern, one.dividers, one.own) === cellsKey(other.pattern, other.dividers, other.own);
      expect(isOneKey).toBe(meaning(one) === meaning(other));
    }),
    runs(1000),
  );
});

function meaning({
  pattern: set,
  dividers,
  own,
}: {
  pattern: ResourcePattern;
  dividers: readonly Divider[];
  own: string | undefined;
}) {
  const one = ({ form, segments, text }: ResourcePattern) =>
    `<${form} ${(segments ?? [text]).map((part) => `<${part}>`).join("")}>`;
  const each = (divider: Divider) =>
    "identity" in divider ? `{${divider.positiveName}}` : `[${divider.map(one).join("")}]`;
  return `${one(set)} ${own} ${dividers.map(each).join("")}`;
}
