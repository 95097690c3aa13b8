import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { checkDocuments } from "../../src/app/check-documents.js";
import { toSarif } from "../../src/app/to-sarif.js";

/** What the schema of SARIF 2.1.0 wants of the parts that we write; nothing beside them. */
const message = z.strictObject({ text: z.string().min(1) });
const level = z.enum(["none", "note", "warning", "error"]);
const rule = z.strictObject({
  id: z.string().regex(/^[A-Z_]+$/),
  shortDescription: message.optional(),
  help: message.optional(),
  defaultConfiguration: z.strictObject({ level }),
  properties: z.strictObject({ tags: z.array(z.string()), "security-severity": z.string().optional() }),
});
const region = z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1).optional() });
const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.string().regex(/^[^ #?\\]+$/) }),
    region: region.optional(),
  }),
  logicalLocations: z.array(z.strictObject({ fullyQualifiedName: z.string() })).optional(),
});
const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(0),
  level,
  message,
  locations: z.array(location).length(1),
});
const driver = z.strictObject({
  name: z.literal("ramgraph"),
  semanticVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  rules: z.array(rule),
});
const log = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({ driver }),
        columnKind: z.literal("utf16CodeUnits"),
        results: z.array(result),
      }),
    )
    .length(1),
});

const statement = { Effect: "allow", Action: "ram:*", Resource: "acs:oss:*::x" };
const policy = JSON.stringify({ Version: "1", Statement: [statement] }, null, 2);

async function checked(name: string, text: string) {
  const file = join(await mkdtemp(join(tmpdir(), "ramgraph sarif #")), name);
  await writeFile(file, text);
  return await checkDocuments([file], async () => "");
}

describe("a SARIF log", () => {
  test("has the form that the standard wants", async () => {
    const quoted = JSON.stringify({ RequestId: "1", Policy: { PolicyName: "p", PolicyDocument: policy } });
    const documents = [...(await checked("policy.json", policy)), ...(await checked("answer.json", quoted))];
    const page = await checked("page.txt", "no page of the documentation");
    const [run] = log.parse(toSarif([...documents, ...page], "1.2.3")).runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(run?.results.map(({ ruleId, ruleIndex }) => [ruleId, rules[ruleIndex]?.id])).toEqual(
      run?.results.map(({ ruleId }) => [ruleId, ruleId]),
    );
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(new Set(run?.results.map(({ level: each }) => each))).toEqual(new Set(["error", "warning"]));
  });

  test("names relative files as they are, so that they are found in the repository", () => {
    const findings = [{ code: "NOT_JSON", severity: "ERROR" as const, message: "x", line: 2, column: 3 }];
    const [run] = log.parse(
      toSarif(
        [
          { file: "./policies/a b#1.json", findings },
          { file: "-", findings },
        ],
        "1.2.3",
      ),
    ).runs;
    const places = run?.results.map(({ locations }) => locations[0]?.physicalLocation);
    expect(places).toEqual([
      { artifactLocation: { uri: "policies/a%20b%231.json" }, region: { startLine: 2, startColumn: 3 } },
      { artifactLocation: { uri: "stdin" }, region: { startLine: 2, startColumn: 3 } },
    ]);
  });
});

describe("places", () => {
  test("of a document in a line of JSON Lines are those of the file", async () => {
    const line = `{"name":"n","document":${JSON.stringify({ Version: "1", Statement: [statement] })}}`;
    const [first] = await checked("documents.jsonl", `\n${line}\n`);
    const effect = first?.findings.find(({ code }) => code === "UNREADABLE_EFFECT");
    expect([effect?.line, effect?.column]).toEqual([2, line.indexOf('"allow"') + 1]);
  });

  test("of a document in an answer are those of the file, or of the string that holds it", async () => {
    const answer = (content: unknown) =>
      JSON.stringify({ RequestId: "1", Role: { RoleName: "r", AssumeRolePolicyDocument: content } }, null, 2);
    const effectOf = async (text: string) => {
      const [first] = await checked("answer.json", text);
      return first?.findings.find(({ code }) => code === "UNREADABLE_EFFECT");
    };
    expect(await effectOf(answer(JSON.parse(policy)))).toMatchObject({ line: 9, column: 21 });
    expect(await effectOf(answer(policy))).toMatchObject({ line: 5, column: 33, pointer: "/Statement/0/Effect" });
  });
});
