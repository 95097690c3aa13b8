import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  coversResource,
  differingSegment,
  isPrintableArn,
  readRequestArn,
  readResourcePattern,
  requestResource,
  splitArn,
} from "../../src/policy/arn.js";
import { asciiLower } from "../../src/policy/ascii.js";
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

  const part = fc.oneof(
    fc.constantFrom(
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
      "SYSTEM",
      "ram",
      "\n",
      " ",
    ),
    fc.constantFrom("\0", "\u001f", "\u007f", "\u0080", "\u009f", "\u00a0", "\ud800", "\u{1f600}", "Ecs", "r:R"),
    fc.string({ unit: "binary", maxLength: 3 }),
  );
  const text = fc
    .tuple(fc.constantFrom("acs:", "acs:", "Acs:", ""), fc.array(part, { minLength: 3, maxLength: 6 }))
    .map(([head, parts]) => head + parts.join(":"));

  test("is told by its form as by reading it and looking for control characters", () => {
    const law = fc.property(text, (each) => {
      const isRead = readRequestArn(each) !== undefined;
      expect([each, isPrintableArn(each)]).toEqual([each, isRead && !/\p{Cc}/u.test(each)]);
    });
    fc.assert(law, runs(2_000));
  });

  test("is split as a pattern tells the segments apart, and folded as these are", () => {
    const law = fc.property(text, (each) => {
      const [, service = "", region = "", account = "", relativeId = ""] =
        /^acs:([^:]*):([^:]*):([^:]*):(.*)$/is.exec(each) ?? [];
      const [first, second, third] = [service, region || "*", account || "*"].map(asciiLower);
      const isArn = /^acs:[^:]*:[^:]*:[^:]*:/i.test(each);
      expect(splitArn(each)).toEqual(isArn ? ["acs", first, second, third, relativeId] : undefined);
      const read = readRequestArn(each);
      if (read?.segments !== undefined) expect(read).toEqual(requestResource(each, read.segments));
    });
    fc.assert(law, runs(2_000));
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
