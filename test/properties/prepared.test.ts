import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readActionPattern, serviceOfAction } from "../../src/policy/action-pattern.js";
import {
  coversResource,
  type RequestResource,
  readResourcePattern,
  requestResource,
  splitArn,
  UNSCOPED,
} from "../../src/policy/arn.js";
import { asciiLower } from "../../src/policy/ascii.js";
import { OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import type { PatternElement, Statement } from "../../src/policy/document.js";
import { explainStatement } from "../../src/policy/explain-statement.js";
import type { Grant } from "../../src/policy/grant.js";
import { mayCoverAction } from "../../src/policy/match-statement.js";
import { outcomeOf } from "../../src/policy/outcome-of.js";
import { settledEffect } from "../../src/policy/prepared/effects.js";
import { mayCover, mayReach, prepareStatement } from "../../src/policy/prepared/prepared-statement.js";
import { coverageOfKind, kindOf } from "../../src/policy/prepared/resource-kind.js";
import { matchesResource, resourceMatcher } from "../../src/policy/prepared/resource-matcher.js";
import { COVERS_OTHERS, digestStatement } from "../../src/policy/prepared/statement-digest.js";
import { otherTextBit, textBit } from "../../src/policy/prepared/text-bit.js";
import { matchesText, textMatcher } from "../../src/policy/prepared/text-matcher.js";
import { pointRequest } from "../../src/policy/request.js";
import { gistOf } from "../../src/policy/statement-gist.js";
import { matchesWildcard } from "../../src/policy/wildcard.js";
import { runs } from "../worlds/runs.js";

const textOf = (letters: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((chars) => chars.join(""));

test("a prepared pattern matches what the pattern matches, halves of surrogate pairs included", () => {
  const text = textOf(["a", "b", "*", "?", "😀", "\ud83d", "\ude00", ":"], 7);
  fc.assert(
    fc.property(text, text, (pattern, value) => {
      expect(matchesText(textMatcher(pattern), value)).toBe(matchesWildcard(pattern, value));
    }),
    runs(3000),
  );
});

const segment = fc.oneof(
  fc.constantFrom("*", "ecs", "ram", "RAM", "sts", "r1", "111", ""),
  textOf(["a", "B", "*", "?"], 3),
);
const arn = fc
  .tuple(fc.constantFrom("acs", "ACS"), segment, segment, segment, textOf(["a", "B", "/", ":", "*", "?"], 5))
  .map((segments) => segments.join(":"));
const patternText = fc.oneof(
  { weight: 6, arbitrary: arn },
  { weight: 1, arbitrary: fc.constantFrom("*", "**", "acs:ecs:*:111", "nothing", "", "*:a", "acs:RAM:*") },
);

test("a prepared resource pattern covers what the pattern covers", () => {
  fc.assert(
    fc.property(patternText, fc.oneof(arn, fc.constant("*")), (pattern, text) => {
      const segments = splitArn(text);
      const resource = segments === undefined ? UNSCOPED : requestResource(text, segments);
      const read = readResourcePattern(pattern).pattern;
      expect(matchesResource(resourceMatcher(read), resource)).toBe(coversResource(read, resource));
    }),
    runs(3000),
  );
});

const actionText = fc.oneof(
  textOf(["e", "S", "*", "?", ":", "x"], 5),
  fc.constantFrom("e:*", "S:ex", "ex:S?", "x:*", "*"),
);
const actions: fc.Arbitrary<PatternElement<ReturnType<typeof readActionPattern>> | "UNREADABLE"> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      isNegated: fc.boolean(),
      patterns: fc.array(actionText.map(readActionPattern), { maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant("UNREADABLE" as const) },
);

test("a prepared statement covers the actions that the statement covers; its masks never rule one out", () => {
  const action = fc.tuple(textOf(["e", "S", "x"], 2), textOf(["e", "S", "x"], 2)).map((parts) => parts.join(":"));
  fc.assert(
    fc.property(actions, action, (element, asked) => {
      const statement: Statement = {
        pointer: "",
        effect: "ALLOW",
        actions: element,
        resources: { isNegated: false, patterns: [] },
        conditions: [],
        unreadable: [],
      };
      const prepared = prepareStatement(statement);
      const folded = asciiLower(asked);
      const isOfService = (prepared.services & textBit(serviceOfAction(asked))) !== 0;
      const covers = mayCoverAction(statement, folded) !== false;
      expect(isOfService && mayCover(prepared, folded, textBit(folded))).toBe(covers);
    }),
    runs(3000),
  );
});

/** With the gist or without, a statement compares the same. Returns whether the gist spared a look at it. */
function comparesByGist(statement: Statement, action: string, resource: RequestResource): boolean {
  const given = { context: OPEN_CONTEXT, caller: { kind: "USER" }, isForeign: false, resourceGroup: "NONE" } as const;
  const request = pointRequest({ action, resource, ...given });
  const plain: Grant = { statement, layer: "ACCOUNT_LEVEL_IDENTITY_POLICY", policy: "p" };
  const gist = gistOf(statement);
  const grant = gist === undefined ? plain : { ...plain, gist };
  const explained = explainStatement(plain, request);
  expect(explainStatement(grant, request)).toEqual(explained);
  expect([outcomeOf(grant, request), outcomeOf(plain, request)]).toEqual([explained.outcome, explained.outcome]);
  return gist !== undefined && (gist.actionServices & request.serviceBit) === 0;
}

test("numbers and the gist of a statement never rule out what it covers, nor settle what it does not", () => {
  const name = fc.tuple(textOf(["e", "S", "x"], 2), textOf(["e", "S", "x"], 2)).map((parts) => parts.join(":"));
  const resources = fc.record({
    isNegated: fc.boolean(),
    patterns: fc.array(
      fc.oneof(patternText, fc.constant("*")).map((text) => readResourcePattern(text).pattern),
      { maxLength: 3 },
    ),
  });
  let [ruledOut, settled, spared] = [0, 0, 0];
  fc.assert(
    fc.property(actions, fc.oneof(name, fc.constant("e")), resources, arn, (element, asked, places, text) => {
      const segments = splitArn(text);
      const resource = segments === undefined ? UNSCOPED : requestResource(text, segments);
      const statement: Statement = {
        pointer: "",
        effect: "DENY",
        actions: element,
        resources: places,
        conditions: [],
        unreadable: [],
      };
      if (comparesByGist(statement, asked, resource)) spared += 1;
      const prepared = prepareStatement(statement);
      const { services, otherServices, resourceServices, otherwise } = digestStatement(prepared);
      const [folded, service] = [asciiLower(asked), serviceOfAction(asked)];
      const covers = mayCover(prepared, folded, textBit(folded));
      const reaches = mayReach(prepared, resource);
      const isOwn = (services & textBit(service)) !== 0 && (otherServices & otherTextBit(service)) !== 0;
      if (!isOwn) {
        expect(covers).toBe((otherwise & COVERS_OTHERS) !== 0);
        const effect = otherwise & ~COVERS_OTHERS;
        if (effect !== 0) expect([reaches, settledEffect(prepared)]).toEqual([true, effect]);
        if (effect !== 0) settled += 1;
      }
      const bit = resource.segments === undefined ? -1 : textBit(resource.segments[1]);
      if ((resourceServices & bit) === 0) {
        expect(reaches).toBe(false);
        ruledOut += 1;
      }
    }),
    runs(3000),
  );
  expect([ruledOut > 20, settled > 20, spared > 20]).toEqual([true, true, true]);
});

test("what a statement covers of a kind it covers of each resource of the kind", () => {
  const id = textOf(["a", "B", "/", "*", "?"], 4);
  const patterns = fc.array(
    fc.oneof(
      { weight: 1, arbitrary: patternText },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom("ecs", "*", "RAM"), fc.constantFrom("r1", "*"), fc.constantFrom("111", "*", ""), id)
          .map((segments) => ["acs", ...segments].join(":")),
      },
    ),
    { maxLength: 3 },
  );
  const services = fc.constantFrom("ecs", "ram", "RAM");
  const seen = { ALL: 0, NONE: 0, SOME: 0 };
  fc.assert(
    fc.property(patterns, fc.boolean(), services, id, id, (texts, isNegated, service, one, other) => {
      const prepared = prepareStatement({
        pointer: "",
        effect: "ALLOW",
        actions: "UNREADABLE",
        resources: { isNegated, patterns: texts.map((text) => readResourcePattern(text).pattern) },
        conditions: [],
        unreadable: [],
      });
      const resources = [one, other, one + other].map((rest) => {
        const text = `acs:${service}:r1:111:${rest}`;
        return requestResource(text, splitArn(text) ?? ["acs", "", "", "", ""]);
      });
      for (const resource of resources) {
        const kind = kindOf(resource);
        if (kind === undefined) throw new Error("an ARN has a kind");
        const coverage = coverageOfKind(prepared, kind);
        seen[coverage] += 1;
        for (const each of resources.filter((like) => kindOf(like)?.name === kind.name))
          if (coverage !== "SOME") expect(mayReach(prepared, each)).toBe(coverage === "ALL");
      }
    }),
    runs(3000),
  );
  expect(Math.min(seen.ALL, seen.NONE, seen.SOME)).toBeGreaterThan(300);
});
