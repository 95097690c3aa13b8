import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { checkDocuments } from "../../src/app/check-documents.js";

const ALLOW = { Effect: "Allow", Action: "ecs:Describe*", Resource: "*" };
const TRUST = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: ["ecs.aliyuncs.com"] } };
const broken = JSON.stringify({ Version: "1", Statement: [{ ...ALLOW, Effect: "allow" }] });
const trust = (Statement: unknown) => JSON.stringify({ Version: "1", Statement });

test.each<[title: string, content: unknown, found: readonly (readonly [name: string | undefined, codes: string[]])[]]>([
  ["a policy", { Version: "1", Statement: [ALLOW] }, [[undefined, []]]],
  ["a trust policy", { Version: "1", Statement: [TRUST] }, [[undefined, []]]],
  ["a bare statement that names who", { Version: "1", Statement: TRUST }, [[undefined, ["STATEMENT_NOT_A_LIST"]]]],
  [
    "an answer with a policy",
    { RequestId: "1", PolicyVersion: { VersionId: "v1", PolicyDocument: broken } },
    [[undefined, ["UNREADABLE_EFFECT"]]],
  ],
  [
    "an answer with a role",
    { RequestId: "1", Role: { RoleName: "ops", AssumeRolePolicyDocument: trust([TRUST]) } },
    [["ops", []]],
  ],
  [
    "an answer with several",
    {
      response: {
        RequestId: "1",
        Policies: {
          Policy: [
            { PolicyName: "a", PolicyDocument: broken },
            { PolicyName: "b", PolicyDocument: trust([ALLOW]) },
          ],
        },
      },
    },
    [
      ["a", ["UNREADABLE_EFFECT"]],
      ["b", []],
    ],
  ],
  ["an answer without any", { RequestId: "1", Users: { User: [{ UserName: "alice" }] } }, []],
  [
    "an object of another kind",
    { scripts: {} },
    [[undefined, ["UNKNOWN_ELEMENT", "MISSING_VERSION", "MISSING_STATEMENT"]]],
  ],
])("%s is checked", async (_, content, found) => {
  const file = join(await mkdtemp(join(tmpdir(), "ramgraph-check-")), "document.json");
  await writeFile(file, JSON.stringify(content));
  const checked = await checkDocuments([file], async () => "");
  const codes = checked.map(({ name, findings }) => [name, findings.map(({ code }) => code).sort()]);
  expect(codes).toEqual(found.map(([name, expected]) => [name, expected.toSorted()]));
});

test("a key that stands twice is found in a document within another", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "ramgraph-check-")), "documents.jsonl");
  const document = '{"Version":"1","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"a:b","Resource":"*"}]}';
  await writeFile(file, `\n{"name":"twice","document":${document},"source":"x"}\n`);
  const checked = await checkDocuments([file], async () => "");
  expect(checked.map(({ name, line, findings }) => [name, line, findings.map(({ code }) => code)])).toEqual([
    ["twice", 2, ["DUPLICATE_KEY"]],
  ]);
});
