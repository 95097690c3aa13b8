import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readExamples } from "../../src/app/read-examples.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-examples-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
}

test("an example is its file's text, named by its operation, with the comment at its head and its variables", async () => {
  const query = "# Who can\n# do this?\nquery WhoCan($a: ARN!) {\n  # not this\n  whoCan(a: $a)\n}\n";
  await write({ "10-who-can.graphql": query, "10-who-can.variables.json": '{ "a": "acs:*" }', "notes.txt": "x" });
  expect(await readExamples(folder)).toEqual([
    { name: "WhoCan", description: "Who can do this?", query, variables: { a: "acs:*" } },
  ]);
});

test("examples come in the order of their file names", async () => {
  await write({
    "20-b.graphql": "query B { b }",
    "10-c.graphql": "query C { c }",
    "30-a.graphql": "query A { a }\nfragment F on A { a }",
  });
  const examples = await readExamples(folder);
  expect(examples.map(({ name, description, variables }) => ({ name, description, variables }))).toEqual([
    { name: "C", description: "", variables: {} },
    { name: "B", description: "", variables: {} },
    { name: "A", description: "", variables: {} },
  ]);
});

describe("what cannot be read is refused with its file", () => {
  const good = "query A { a }";
  test.each<[string, Record<string, string>, RegExp]>([
    ["no GraphQL", { "x.graphql": "query A {" }, /x\.graphql: Syntax Error: Expected Name, found <EOF>/],
    ["an empty file", { "x.graphql": "" }, /x\.graphql: Syntax Error/],
    ["no name", { "x.graphql": "{ a }" }, /x\.graphql: needs exactly one operation, with a name/],
    ["two operations", { "x.graphql": `${good} query B { b }` }, /x\.graphql: needs exactly one operation/],
    ["no operation", { "x.graphql": "fragment F on A { a }" }, /x\.graphql: needs exactly one operation/],
    ["broken variables", { "x.graphql": good, "x.variables.json": "{" }, /x\.variables\.json: .*JSON/],
    ["a list as variables", { "x.graphql": good, "x.variables.json": "[]" }, /must be one JSON object/],
    ["one name twice", { "x.graphql": good, "y.graphql": good }, /two files name their operation `A`/],
  ])("%s", async (_what, files, message) => {
    await write(files);
    await expect(readExamples(folder)).rejects.toThrow(message);
  });
});

describe("the examples of this package", () => {
  const shipped = join(import.meta.dirname, "../../schema/operations");

  test("say what they answer", async () => {
    const examples = await readExamples(shipped);
    expect(examples.filter(({ description }) => description === "")).toEqual([]);
    expect(examples[0]?.name).toBe("WhoCanDeleteSecurityGroup");
  });
});
