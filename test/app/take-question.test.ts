import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { UsageRefused } from "../../src/app/failure.js";
import { takeQuestion } from "../../src/app/take-question.js";

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-question-"));
  file = join(folder, "mine.graphql");
  await writeFile(
    file,
    "query One($v: Int) { __typename } query Two($s: String!, $i: Int, $b: Boolean, $l: [ID!], $o: Any, $e: Any) { __typename }",
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const two = async (...assignments: readonly string[]) =>
  (await takeQuestion({ operation: "Two", file, assignments })).variables;

describe("values for variables", () => {
  test.each<[string, unknown]>([
    ["s=", ""],
    ["s=null?", "null?"],
    ["s=a=b", "a=b"],
    ["s=[1]", "[1]"],
    ["s=12", "12"],
    ["i=12", 12],
    ["i=null", null],
    ["b=true", true],
    ["l=abc", "abc"],
    ['l=["a","b"]', ["a", "b"]],
    ['o={"a":[1]}', { a: [1] }],
    ["e=SOME_WORD", "SOME_WORD"],
  ])("are read by their types: %s", async (assignment, value) => {
    expect(await two(assignment)).toEqual({ [assignment.slice(0, 1)]: value });
  });

  test.each(["i=many", "b=yes", "o={a:1}", "l=[a", "x=1", "s"])("are refused: %s", async (assignment) => {
    await expect(two(assignment)).rejects.toBeInstanceOf(UsageRefused);
  });

  test("replace those of an example", async () => {
    const source = { operation: "WhatCanThisRoleDo", file: undefined };
    const given = await takeQuestion({ ...source, assignments: [] });
    const changed = await takeQuestion({ ...source, assignments: ["role=Other"] });
    expect(changed).toEqual({ ...given, variables: { ...given.variables, role: "Other" } });
  });
});

describe("an operation", () => {
  test("is named where a file holds several", async () => {
    const unnamed = takeQuestion({ operation: undefined, file, assignments: [] });
    await expect(unnamed).rejects.toThrow("name one of the operations in the file: `One`, `Two`");
    expect(await takeQuestion({ operation: "one", file, assignments: [] })).toMatchObject({ operationName: "One" });
  });

  test("is a document where it has a brace", async () => {
    const query = "query Mine($v: Int) { __typename }";
    expect(await takeQuestion({ operation: query, file: undefined, assignments: ["v=1"] })).toEqual({
      query,
      operationName: "Mine",
      variables: { v: 1 },
    });
  });

  test.each([
    ["WhoCanDeleteSecurityGrup", /did you mean `WhoCanDeleteSecurityGroup`\?/],
    ["dministrator", /did you mean `WhoBecomesAdministrator`\?/],
    ["nothing like it", /^there is no operation `nothing like it`; `ramgraph ask` lists/],
    ["{ users {", /^the question: Syntax Error/],
    ["{ a } { b }", /^name one of the operations/],
  ])("that cannot be asked says why: %s", async (operation, reason) => {
    await expect(takeQuestion({ operation, file: undefined, assignments: [] })).rejects.toThrow(reason);
  });

  test("beside a file is refused", async () => {
    await expect(takeQuestion({ operation: "{ a }", file, assignments: [] })).rejects.toBeInstanceOf(UsageRefused);
  });
});
