import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  coversResource,
  differingSegment,
  isRequestArn,
  readRequestArn,
  readResourcePattern,
  splitArn,
} from "../../src/policy/arn.js";
import { runs } from "../worlds/runs.js";

describe("an ARN is split at the first four colons", () => {
  test.each([
    ["acs:ecs:cn-hangzhou:111:instance/i-1", ["acs", "ecs", "cn-hangzhou", "111", "instance/i-1"]],
    ["acs:oss:*:111:b/a:b:c", ["acs", "oss", "*", "111", "b/a:b:c"]],
    ["acs:ram::111:role/X", ["acs", "ram", "*", "111", "role/X"]],
    ["acs:oss:::b", ["acs", "oss", "*", "*", "b"]],
    ["ACS:ECS:CN-Hangzhou:111:Instance/I-1", ["acs", "ecs", "cn-hangzhou", "111", "Instance/I-1"]],
    ["acs:mns:r:1:/topics/t", ["acs", "mns", "r", "1", "/topics/t"]],
    ["acs:ecs:r:1:", ["acs", "ecs", "r", "1", ""]],
    ["acs:ecs:r:1:a\nb", ["acs", "ecs", "r", "1", "a\nb"]],
    ["acs:cdn:*:111", undefined],
    ["arn:aws:s3:::b", undefined],
    ["", undefined],
  ])("%s", (text, segments) => {
    expect(splitArn(text)).toEqual(segments);
  });
});

describe("what a question may name", () => {
  test.each([
    ["acs:ecs:r:111:i", true],
    ["acs:ecs:r:*:i", true],
    ["acs:ecs:r::i", true],
    ["acs:ram::system:policy/X", true],
    ["acs:ecs:r:11x:i", false],
    ["acs:ecs:r:1?:i", false],
    ["acs:ecs:r:111", false],
    ["*", false],
  ])("%s", (text, isArn) => {
    expect(readRequestArn(text) !== undefined).toBe(isArn);
  });

  test("is told by its form as by reading it", () => {
    const part = fc.constantFrom(
      "acs",
      "ACS",
      "ac\u017f",
      "",
      "12",
      "1*",
      "*",
      "system",
      "\u017fystem",
      "Sys",
      "\n",
      " ",
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 3, maxLength: 6 }), (parts) => {
        for (const text of [parts.join(":"), ["acs", ...parts].join(":")]) {
          expect([text, isRequestArn(text)]).toEqual([text, readRequestArn(text) !== undefined]);
        }
      }),
      runs(2_000),
    );
  });
});

describe("a pattern covers a resource", () => {
  test.each([
    ["*", "acs:ecs:r:1:i", true],
    ["acs:*:*:*:*", "acs:ecs:r:1:i", true],
    ["acs:ecs:*:1:i", "acs:ecs:r:1:i", true],
    ["acs:ecs:*:2:i", "acs:ecs:r:1:i", false],
    ["acs:e?s:r*:1:i*", "acs:ecs:r:1:i", true],
    ["acs:ecs::1:i", "acs:ecs:r:1:i", true],
    ["acs:oss:*:*:b/*", "acs:oss:r:1:b", false],
    ["acs:oss:*:*:b*", "acs:oss:r:1:b/x:y", true],
    ["acs:oss:*:*:B", "acs:oss:r:1:b", false],
    ["acs:ram:*:*:ROLE/x", "acs:ram:r:1:role/X", true],
    ["acs:sts:*:*:A", "acs:sts:r:1:a", true],
    ["acs:*:*:*:ROLE/x", "acs:ram::1:role/X", true],
    ["acs:*:*:*:ROLE/x", "acs:oss::1:role/X", false],
    ["acs:*:instance/i", "acs:ecs:r:1:instance/i", true],
    ["acs:*:*:instance/i", "acs:ecs:r:1:instance/i", false],
    ["acs:cdn:*:1", "acs:cdn:r:1:anything/at:all", true],
    ["*instance*", "acs:ecs:r:1:instance/i", true],
    ["ecs", "acs:ecs:r:1:i", false],
  ])("%s, %s: %s", (pattern, resource, covers) => {
    const asked = readRequestArn(resource);
    expect(asked === undefined ? undefined : coversResource(readResourcePattern(pattern).pattern, asked)).toBe(covers);
  });
});

describe("where a resource first differs", () => {
  test.each([
    ["acs:oss:*:*:*", 1],
    ["acs:ecs:x:*:*", 2],
    ["acs:ecs:*:2:*", 3],
    ["acs:ecs:*:1:j", 4],
    ["acs:ecs:*:1:i", undefined],
  ])("%s", (pattern, segment) => {
    const segments = splitArn(pattern);
    const asked = readRequestArn("acs:ecs:r:1:i");
    if (segments === undefined || asked === undefined) throw new Error("not an ARN");
    expect(differingSegment(segments, asked)).toBe(segment);
  });
});
