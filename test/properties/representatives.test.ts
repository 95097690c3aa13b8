import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  coversResource,
  type RequestResource,
  type ResourcePattern,
  readRequestArn,
  readResourcePattern,
  UNSCOPED,
} from "../../src/policy/arn.js";
import { STEP_BUDGET } from "../../src/policy/patterns/budget.js";
import { findWord } from "../../src/policy/patterns/find-word.js";
import { patternsOverlap } from "../../src/policy/patterns/patterns-overlap.js";
import { compilePattern } from "../../src/policy/patterns/program.js";
import { representatives } from "../../src/policy/patterns/resource-set.js";
import { runs } from "../worlds/runs.js";

/** Ids are brute-forced over these characters up to three long; one is in no pattern. */
const ID_CHARS = ["a", "b", "A", "*", "/", "z"];
const SERVICES = ["oss", "ram", "ecs"];
const ACCOUNTS = ["111", "222", "system"];

const idPattern = fc
  .array(fc.constantFrom("a", "b", "A", "*", "?", "/"), { maxLength: 3 })
  .map((chars) => chars.join(""));
const arnPattern = fc
  .tuple(
    fc.constantFrom("oss", "ram", "*", "o*", "?am"),
    fc.constantFrom("*", "r1", "r*"),
    fc.constantFrom("*", "111", "222", "1*"),
    idPattern,
  )
  .map(([service, region, account, id]) => `acs:${service}:${region}:${account}:${id}`);
const anyPattern = fc
  .oneof(
    { weight: 6, arbitrary: arnPattern },
    { weight: 1, arbitrary: fc.constantFrom("*", "*a", "*:b*", "*A*", "acs:oss:*:111") },
  )
  .map((text) => readResourcePattern(text).pattern);
const unions = fc.array(fc.array(anyPattern, { minLength: 1, maxLength: 3 }), { maxLength: 4 });
const asked = fc
  .oneof(
    { weight: 1, arbitrary: fc.constant("*") },
    {
      weight: 5,
      arbitrary: fc
        .tuple(
          fc.constantFrom("oss", "ram", "*", "?am"),
          fc.constantFrom("*", "r1"),
          fc.constantFrom("*", "111", "222"),
          idPattern,
        )
        .map(([service, region, account, id]) => `acs:${service}:${region}:${account}:${id}`),
    },
  )
  .map((text) => readResourcePattern(text).pattern);

test("two patterns overlap exactly where a resource is found that both cover", () => {
  fc.assert(
    fc.property(anyPattern, anyPattern, (one, other) => {
      const unions = [one, other].map((pattern) => [compilePattern(pattern, true)]);
      expect(patternsOverlap(one, other)).toBe(findWord(unions, [], { left: STEP_BUDGET }) !== "NONE");
    }),
    runs(500),
  );
});

const ids = words(ID_CHARS, 3);
const universe: readonly RequestResource[] = SERVICES.flatMap((service) =>
  ["r1", "r2", "x"].flatMap((region) =>
    ACCOUNTS.flatMap((account) =>
      ids.flatMap((id) => readRequestArn(`acs:${service}:${region}:${account}:${id}`) ?? []),
    ),
  ),
);

describe("resources that stand for a set", () => {
  test("every resource of the set is covered as one of them is, and each of them lies in the set", () => {
    fc.assert(
      fc.property(asked, unions, fc.constantFrom("111", undefined), (pattern, tested, own) => {
        const { resources, isExact } = representatives(pattern, tested, own);
        expect(isExact).toBe(true);
        const found = new Set(resources.map((resource) => vectorOf(resource, tested)));
        for (const resource of resources) expect(liesIn(resource, pattern, own)).toBe(true);
        for (const resource of [UNSCOPED, ...universe].filter((each) => liesIn(each, pattern, own))) {
          if (found.has(vectorOf(resource, tested))) continue;
          throw new Error(`nothing stands for ${resource.text}`);
        }
      }),
      runs(120),
    );
  });
});

function vectorOf(resource: RequestResource, tested: readonly (readonly ResourcePattern[])[]): string {
  return tested.map((union) => (union.some((pattern) => coversResource(pattern, resource)) ? "1" : "0")).join("");
}

function liesIn(resource: RequestResource, pattern: ResourcePattern, own: string | undefined): boolean {
  if (!coversResource(pattern, resource)) return false;
  const isOpen = pattern.form === "ANY" || pattern.segments?.[3] === "*";
  return own === undefined || !isOpen || resource.segments === undefined || resource.segments[3] === own;
}

function words(alphabet: readonly string[], longest: number): readonly string[] {
  let last = [""];
  const all = [...last];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((word) => alphabet.map((char) => word + char));
    all.push(...last);
  }
  return all;
}
