import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Kind, parse } from "graphql";
import { getMetadataStorage } from "type-graphql";
import { buildRamgraphSchema } from "../../src/app/build-schema.js";
import { readConfig } from "../../src/app/config.js";
import { readExamples } from "../../src/app/read-examples.js";
import { QUESTIONS } from "../../src/questions/registry.js";
import { priceOperation } from "../../src/server/price-operation.js";

const schema = await buildRamgraphSchema();
const EXAMPLES = await readExamples(join(import.meta.dirname, "../../schema/operations"));
const { queries, fieldResolvers, objectTypes, interfaceTypes } = getMetadataStorage();

/** Fields that a resolver works out in turns: those whose methods are asynchronous. */
const workedOut = fieldResolvers.flatMap(({ kind, target, methodName, schemaName, getObjectType }) => {
  const method: unknown = Object.getOwnPropertyDescriptor(target.prototype, methodName)?.value;
  if (kind !== "external" || method?.constructor.name !== "AsyncFunction") return [];
  const type = [...objectTypes, ...interfaceTypes].find((each) => each.target === getObjectType?.());
  return `${type?.name}.${schemaName}`;
});

describe("costs", () => {
  test("are given by the registry to every root field and to all that is worked out", () => {
    const priced = new Set(QUESTIONS.flatMap(({ costs }) => Object.keys(costs)));
    const roots = queries.map(({ schemaName }) => `Query.${schemaName}`);
    expect(roots).toContain("Query.whoCan");
    expect(workedOut).toContain("Principal.permissions");
    expect([...roots, ...workedOut].filter((place) => !priced.has(place))).toEqual([]);
  });

  test("stand at a field of an interface for all types that have it", () => {
    const [role, principal] = ["Role", "Principal"].map((name) => schema.getType(name));
    for (const type of [role, principal]) {
      if (!type || !("getFields" in type)) throw new Error("no type");
      expect(type.getFields().permissions?.extensions).toMatchObject({ cost: 100 });
    }
  });

  test.each(EXAMPLES.map((example) => [example.name, example] as const))(
    "allow the example %s a hundred times a minute",
    (_, { query, variables }) => {
      const document = parse(query);
      const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
      if (operation === undefined) throw new Error("no operation");
      expect(priceOperation(schema, document, operation)(variables)).toBeLessThanOrEqual(6_000);
    },
  );

  test("have limits by default", () => {
    const { maxCost, costPerMinute } = readConfig({ RAMGRAPH_AUTH: "tokens" });
    expect({ maxCost, costPerMinute }).toEqual({ maxCost: 20_000, costPerMinute: 600_000 });
    expect(readConfig({}).costPerMinute).toBeUndefined();
  });
});
