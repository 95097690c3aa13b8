import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readCatalogFile } from "../../src/importers/docs/read-catalog-file.js";
import { type PageReading, readPage } from "../../src/importers/docs/read-page.js";
import type { CatalogBatch, CatalogFacts } from "../../src/inventory/batch.js";
import { parseJson } from "../../src/policy/json/parse-json.js";

const files = readdirSync("catalog");
const shipped = new Map(
  files.map((name) => [name, batchOf(readCatalogFile(readFileSync(join("catalog", name), "utf8"), name))]),
);

function batchOf(reading: PageReading): CatalogBatch {
  if ("refusal" in reading) throw new Error(`${reading.refusal.fileName}: ${reading.refusal.reason}`);
  return reading.batch;
}

function factsOf(name: string): CatalogFacts {
  const batch = shipped.get(name);
  if (batch === undefined) throw new Error(`${name} is not shipped`);
  return batch.facts;
}

const allRoles = [...shipped.values()].flatMap(({ facts }) => facts.roles);
const allFindings = [...shipped.values()].flatMap(({ findings }) => findings);

describe("the shipped catalog", () => {
  test.each([
    ["AliyunServiceRoleForMqttCoreRuleEngine", "core-rule-engine.mqtt.aliyuncs.com", 5],
    ["AliyunServiceRoleForMqttTunnel", "ep-tunnel.mqtt.aliyuncs.com", 4],
    ["AliyunServiceRoleForAlikafka", "alikafka.aliyuncs.com", 3],
    ["AliyunServiceRoleForAlikafkaConnector", "connector.alikafka.aliyuncs.com", 10],
    ["AliyunServiceRoleForAlikafkaInstanceEncryption", "instanceencryption.alikafka.aliyuncs.com", 3],
    ["AliyunServiceRoleForAlikafkaETL", "etl.alikafka.aliyuncs.com", 3],
    ["AliyunServiceRoleForMSE", "mse.aliyuncs.com", 7],
    ["AliyunServiceRoleForMSEEngineService", "engine-service.mse.aliyuncs.com", 2],
  ])("holds role %s of %s with %i statements", (name, serviceName, statements) => {
    const role = allRoles.find((one) => one.name === name);
    expect(role).toMatchObject({ serviceName, createdWhen: expect.any(String), purpose: expect.any(String) });
    const document = JSON.parse(role?.document ?? "") as { Version: string; Statement: unknown[] };
    expect(document.Version).toBe("1");
    expect(document.Statement).toHaveLength(statements);
    expect(role?.consequences).not.toHaveLength(0);
  });

  test("holds eight roles and readable JSON only", () => {
    expect(allRoles).toHaveLength(8);
    for (const text of allRoles.flatMap(({ document, creationPolicy }) => [document, creationPolicy])) {
      if (text !== undefined) expect(parseJson(text).problems).toEqual([]);
    }
  });

  test("counts the rows of the MQTT authorization table", () => {
    const { operations } = factsOf("mqtt-authorization.json");
    expect(operations).toHaveLength(50);
    expect(new Set(operations.map(({ action }) => action)).size).toBe(47);
    expect(new Set(operations.map(({ name }) => name)).size).toBe(50);
    expect(
      operations.filter(({ dependentActions }) => dependentActions.includes("mq:MqttInstanceAccess")),
    ).toHaveLength(18);
    const guarded = operations.filter(({ action }) => action === "mq:MqttInstanceAccess");
    expect(guarded.map(({ accessLevel }) => String(accessLevel)).toSorted()).toEqual(["DELETE", "GET", "LIST"]);
    expect(operations.every(({ resources }) => resources.length === 1 && resources[0]?.isRequired === true)).toBe(true);
  });

  test("holds the system policies, the high-risk ones and the actions that consoles need", () => {
    const { policies, actions } = factsOf("mqtt-system-policies.json");
    expect(policies.filter(({ isHighRisk }) => isHighRisk).map(({ name }) => name)).toEqual([
      "AdministratorAccess",
      "AliyunRAMFullAccess",
    ]);
    expect(policies.filter(({ description }) => description !== undefined)).toHaveLength(4);
    expect(actions).toEqual(["mq:MqttMetaData", "mq:ListMqttInstance", "mq:MqttInstanceAccess"]);
    expect(factsOf("kafka-service-linked-roles.json").policies).toEqual([
      { name: "AliyunKafkaFullAccess", isHighRisk: false },
    ]);
  });

  test.each([
    ["TRAILING_COMMA", 6],
    ["ACTION_HAS_BLANKS", 1],
    ["DUPLICATE_ACTION", 1],
    ["PLACEHOLDER_IN_ARN", 1],
    ["ROLE_NAMED_BY_POLICY", 1],
    ["GRANULARITY_CONTRADICTS_ROWS", 1],
    ["SENTENCE_ABOUT_OTHER_PRODUCT", 1],
    ["CONTRADICTORY_STATEMENTS", 1],
    ["CONSOLE_NEEDS_ACTION", 4],
  ])("keeps the blemish %s %i times, each with its line", (code, count) => {
    const found = allFindings.filter((finding) => finding.code === code);
    expect(found).toHaveLength(count);
    expect(found.every(({ line }) => line !== undefined && line > 0)).toBe(true);
  });

  test("lets nobody's permission to create a role pass for the role's own", () => {
    for (const { document } of allRoles) expect(document).not.toContain("CreateServiceLinkedRole");
  });

  test("names every service whose actions it holds", () => {
    const named = new Set([...shipped.values()].flatMap(({ facts }) => facts.services.map(({ code }) => code)));
    const used = allRoles.flatMap(({ document }) =>
      [...(document ?? "").matchAll(/"([a-z][a-z0-9-]*):[A-Z]\w*\s*"/g)].map(([, code]) => code ?? ""),
    );
    expect([...new Set(used)].filter((code) => code !== "acs" && !named.has(code))).toEqual([]);
  });
});

/** Which keys the entries of each list have: the form of facts without their content. */
function shapeOf(facts: CatalogFacts): Record<string, string[]> {
  const lists = Object.entries(facts).filter(([, list]) => Array.isArray(list) && list.length > 0);
  const keysOf = (entry: unknown): string[] =>
    typeof entry === "object" && entry !== null ? Object.keys(entry) : [typeof entry];
  return Object.fromEntries(
    lists.map(([name, list]: [string, readonly unknown[]]) => [name, [...new Set(list.flatMap(keysOf))].toSorted()]),
  );
}

describe("importing a page of the same layout gives facts of the same shape as the shipped ones", () => {
  test.each([
    ["mqtt-service-linked-roles.json", "roles-in-glued-tables.txt"],
    ["kafka-service-linked-roles.json", "roles-in-lists.txt"],
    ["mqtt-system-policies.json", "system-policies.txt"],
    ["mse-service-linked-roles.json", "roles-with-bare-statements.txt"],
  ])("%s and %s", (catalogFile, page) => {
    const { facts } = batchOf(readPage(readFileSync(join("test/fixtures/pages", page)), { fileName: page }));
    expect(shapeOf(facts)).toEqual(shapeOf(factsOf(catalogFile)));
  });

  test("mqtt-authorization.json and authorization.txt", () => {
    const { facts } = batchOf(
      readPage(readFileSync("test/fixtures/pages/authorization.txt"), { fileName: "authorization.txt" }),
    );
    const { conditionKeys, ...shape } = shapeOf(facts);
    expect(conditionKeys).toEqual(["name", "service"]);
    expect(shape).toEqual(shapeOf(factsOf("mqtt-authorization.json")));
  });
});

describe("a catalog file that is not as it must be is refused with its place", () => {
  const whole = { format: 1, source: { title: "A page" }, facts: {} };
  test.each([
    ["no JSON", "{", /^line 1, column 2: /],
    [
      "another format",
      { ...whole, format: 2 },
      /^line 1, column 11: this release reads catalog files of format 1 only at \/format$/,
    ],
    ["an unknown key", { ...whole, extra: 1 }, /unknown key `extra` at \/extra$/],
    ["an unknown fact", { ...whole, facts: { users: [] } }, /unknown key `users` at \/facts\/users$/],
    ["no title", { ...whole, source: {} }, /key `title` is missing at \/source$/],
    [
      "a code in capitals",
      { ...whole, facts: { services: [{ code: "ECS" }] } },
      /must be a RAM code in lower case at \/facts\/services\/0\/code$/,
    ],
    [
      "a flag that is text",
      { ...whole, facts: { policies: [{ name: "A", isHighRisk: "no" }] } },
      /must be `true` or `false` at/,
    ],
    [
      "an unknown level",
      { ...whole, facts: { operations: [{ service: "a", name: "B", action: "a:B", accessLevel: "WRITE" }] } },
      /must be one of `CREATE`/,
    ],
    ["a list that is none", { ...whole, facts: { actions: "a:B" } }, /must be a list at \/facts\/actions$/],
    [
      "an address without TLS",
      { ...whole, source: { title: "x", uri: "http://a" } },
      /must be an https address at \/source\/uri$/,
    ],
    ["a key that stands twice", '{"format": 1, "format": 1}', /key `format` stands twice/],
  ])("%s", (_, value, reason) => {
    const reading = readCatalogFile(typeof value === "string" ? value : JSON.stringify(value), "x.json");
    expect(reading).toEqual({ refusal: { fileName: "x.json", reason: expect.stringMatching(reason) } });
  });

  test("a corrected file has another digest, so that it is read anew", () => {
    const digest = (title: string): string =>
      batchOf(readCatalogFile(JSON.stringify({ ...whole, source: { title } }), "x.json")).source.sha256;
    expect(digest("one")).not.toBe(digest("two"));
  });
});
