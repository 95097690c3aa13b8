import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { buildSchema, type GraphQLSchema } from "graphql";
import { buildRamgraphSchema } from "../../src/app/build-schema.js";
import { printSortedSchema } from "../../src/app/print-schema.js";
import { membersOf } from "./schema-members.js";

const ROOT = join(import.meta.dirname, "../..");
let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await buildRamgraphSchema();
});

describe("the schema", () => {
  test("stands in schema/schema.graphql as the code makes it (else run scripts/emit-schema.mjs)", async () => {
    expect(await readFile(join(ROOT, "schema/schema.graphql"), "utf8")).toBe(printSortedSchema(schema));
  });

  test("offers nothing but what was agreed, under the agreed names and shapes", async () => {
    const agreed = buildSchema(await readFile(join(ROOT, "test/fixtures/target-schema.graphql"), "utf8"));
    const shapes = new Map(membersOf(agreed).map(({ place, shape }) => [place, shape]));
    const differing = membersOf(schema).filter(({ place, shape }) => shapes.get(place) !== shape);
    expect(differing.map(({ place, shape }) => `${place}: ${shape}, agreed: ${shapes.get(place)}`)).toEqual([]);
  });

  test("describes every type, field, argument and value", () => {
    const silent = membersOf(schema).filter(({ description }) => !description?.trim());
    expect(silent.map(({ place }) => place)).toEqual([]);
  });
});
