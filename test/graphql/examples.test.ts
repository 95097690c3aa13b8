import "reflect-metadata";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { readExamples } from "../../src/app/read-examples.js";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import { QUESTIONS } from "../../src/questions/registry.js";
import { shippedCatalog } from "../worlds/shipped-catalog.js";
import { type Ask, askOver } from "./ask.js";

const EXAMPLES = await readExamples(join(import.meta.dirname, "../../schema/operations"));
/** Those about the demonstration company are answered where it is imported. */
const OF_THE_CATALOG = EXAMPLES.filter(({ description }) => !description.includes("ramgraph demo"));
const NAMES = EXAMPLES.map(({ name }) => name);
let ask: Ask;

beforeAll(async () => {
  ask = await askOver(compileSnapshot(await shippedCatalog()));
});

describe("the examples", () => {
  test.each(OF_THE_CATALOG.map((example) => [example.name, example] as const))(
    "%s is answered from the shipped catalog without an error",
    async (_name, { query, variables }) => {
      expect((await ask(query, variables)).errors).toEqual([]);
    },
  );

  test("each say what they ask", () => {
    expect(EXAMPLES.filter(({ description }) => description === "")).toEqual([]);
  });

  test("exist for every root field, as the registry says", async () => {
    const { data } = await ask("{ __schema { queryType { fields { name } } } }");
    const registered = Object.fromEntries(QUESTIONS.flatMap(({ examples }) => Object.entries(examples)));
    const fields = Object.keys(registered)
      .sort()
      .map((name) => ({ name }));
    expect(data).toEqual({ __schema: { queryType: { fields: expect.arrayContaining(fields) } } });
    expect(data).toMatchObject({ __schema: { queryType: { fields: { length: fields.length } } } });
    expect(Object.entries(registered).filter(([, examples]) => examples.length === 0)).toEqual([]);
  });

  test.each(
    QUESTIONS.flatMap(({ examples }) => Object.entries(examples)).flatMap(([field, names]) =>
      names.map((name) => [name, field] as const),
    ),
  )("%s asks `%s`", (name, field) => {
    expect(NAMES).toContain(name);
    const { query } = EXAMPLES.find((example) => example.name === name) ?? { query: "" };
    expect(query).toMatch(new RegExp(`^ {2}(?:\\w+: )?${field}\\b`, "m"));
  });
});
