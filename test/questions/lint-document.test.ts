import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { FINDING_KINDS } from "../../src/questions/lint/lint-rules.js";
import { lint } from "./lint-world.js";

describe("a finding", () => {
  test("stands where the text has it, in the order of the text", () => {
    const document = `{
  "Version": "1",
  "Statement": {
    "Effect": "Deny", "Action": "mq:DeleteGruop", "Resource": "*",
    "Condition": { "StringEqual": { "acs:SourceVpc": "vpc-1" } }
  }
}`;
    const found = lint(document).map(({ code, pointer, line, column, suggestion }) => [
      code,
      pointer,
      line,
      column,
      suggestion,
    ]);
    expect(found).toEqual([
      ["STATEMENT_NOT_A_LIST", "/Statement", 3, 16, undefined],
      ["UNKNOWN_ACTION", "/Statement/Action", 4, 33, "mq:DeleteGroup"],
      ["UNKNOWN_OPERATOR", "/Statement/Condition/StringEqual/acs:SourceVpc", 5, 37, "StringEquals"],
    ]);
  });

  test("has a suggestion only where one thing can be meant", () => {
    const suggestion = (statement: object) =>
      lint([{ Effect: "Allow", Action: "oss:GetObject", Resource: "*", ...statement }])[0]?.suggestion;
    expect(suggestion({ Effect: "allow" })).toBe("Allow");
    expect(suggestion({ Effect: "Permit" })).toBeUndefined();
    expect(suggestion({ Resources: "*" })).toBe("Resource");
    expect(suggestion({ Ressourcen: "*" })).toBeUndefined();
    expect(suggestion({ Action: "mq:ListInstances2x" })).toBeUndefined();
    expect(suggestion({ Condition: { numericlessthan: { k: "1" } } })).toBe("NumericLessThan");
  });
});

describe("hostile documents", () => {
  const many = (count: number, statement: (index: number) => object) =>
    Array.from({ length: count }, (_, index) => ({ Effect: "Allow", Resource: "*", ...statement(index) }));

  test.each([
    ["many statements", many(600, (i) => ({ Action: `ecs:Describe${i}*`, Resource: `acs:ecs:*:*:instance/${i}*` }))],
    ["many patterns", many(1, () => ({ Action: Array.from({ length: 3000 }, (_, i) => `ecs:A${i}*b`) }))],
    [
      "many stars",
      many(40, (i) => ({ Action: `ecs:${"*a".repeat(60)}${i}`, Resource: `acs:ecs:*:*:${"*a?".repeat(60)}${i}` })),
    ],
    [
      "many conditions",
      many(30, (i) => ({
        Action: "ecs:*",
        Condition: {
          StringLike: Object.fromEntries(Array.from({ length: 8 }, (_, j) => [`k:${j}`, `*${"a*".repeat(i)}${j}`])),
          StringNotLike: Object.fromEntries(Array.from({ length: 8 }, (_, j) => [`K:${j}`, `*${"*a".repeat(i)}${j}`])),
        },
      })),
    ],
    [
      "denials of everything",
      [...many(200, (i) => ({ Action: `x:${i}` })), ...many(200, (i) => ({ Effect: "Deny", NotAction: `x:${i}*` }))],
    ],
  ])("%s are linted in time", (_, statements) => {
    // Time of this process alone: other tests may keep the machine busy.
    const start = process.cpuUsage();
    lint(statements.map((statement) => ({ ...statement })));
    lint(
      statements.map((statement) => ({ ...statement })),
      "SESSION",
    );
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(3000);
  });
});

test("every code that reading gives is explained", async () => {
  const folder = join(import.meta.dirname, "../../src/policy");
  const names = ["parse-policy.ts", ...(await readdir(join(folder, "parse"))).map((name) => `parse/${name}`)];
  const sources = await Promise.all(names.map(async (name) => await readFile(join(folder, name), "utf8")));
  const codes = sources.flatMap((source) => [...source.matchAll(/code(?: =|:) "([A-Z_]+)"/g)].map(([, code]) => code));
  // The mark of a statement whose principal has a finding of its own.
  const explained = new Set([...FINDING_KINDS.map(({ code }) => code), "UNREADABLE_PRINCIPAL"]);
  const found = new Set(codes);
  expect([...found].filter((code) => code !== undefined && !explained.has(code))).toEqual([]);
  expect(found.size).toBeGreaterThan(20);
});
