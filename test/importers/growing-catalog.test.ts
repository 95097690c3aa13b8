import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { readPage } from "../../src/importers/docs/read-page.js";
import type { CatalogBatch } from "../../src/inventory/batch.js";
import { actionKey, operationKey, resourceTypeKey, serviceKey } from "../../src/inventory/keys.js";
import { type MergedCatalog, mergeCatalog } from "../../src/inventory/merge-catalog.js";

function batchOf(text: string, fileName: string): CatalogBatch {
  const reading = readPage(Buffer.from(text), { fileName });
  if ("refusal" in reading) throw new Error(reading.refusal.reason);
  return reading.batch;
}

/** A role whose policy names actions of a service of which nothing else is known, one of them in other letters. */
const ROLE = batchOf(
  `# AliyunServiceRoleForShop

\`\`\`json
{"Version": "1", "Statement": [
  {"Effect": "Allow", "Action": ["acmeq:createbox", "acmeq:BoxAccess", "acmeq:PeekBox", "acmeq:Watch*"], "Resource": "*"},
  {"Effect": "Allow", "Action": "ram:DeleteServiceLinkedRole", "Resource": "*",
   "Condition": {"StringEquals": {"ram:ServiceName": "shop.aliyuncs.com"}}}
]}
\`\`\`
`,
  "role.md",
);
const AUTHORIZATION = batchOf(readFileSync("test/fixtures/pages/authorization.txt", "utf8"), "authorization.txt");

const before = mergeCatalog([ROLE]);
const after = mergeCatalog([ROLE, AUTHORIZATION]);

function keysOf({ services, actions, operations, resourceTypes }: MergedCatalog): string[] {
  return [
    ...services.map(({ code }) => serviceKey(code)),
    ...actions.map(({ name }) => actionKey(name)),
    ...operations.map(({ service, name, action }) => operationKey(service, name, action)),
    ...resourceTypes.map(({ service, name }) => resourceTypeKey(service, name)),
  ];
}

const action = ({ actions }: MergedCatalog, name: string): MergedCatalog["actions"][number] | undefined =>
  actions.find((one) => actionKey(one.name) === actionKey(name));

describe("what policies merely mention grows into what a page documents", () => {
  test("a service named in passing has undocumented actions, levels told from verbs, and nothing else", () => {
    expect(before.services).toContainEqual({ code: "acmeq", name: "acmeq", sourceKey: ROLE.source.key });
    expect(action(before, "acmeq:CreateBox")).toMatchObject({ accessLevels: ["CREATE"], isDocumented: false });
    expect(action(before, "acmeq:BoxAccess")).toMatchObject({ accessLevels: ["NONE"], isDocumented: false });
    expect([before.operations, before.resourceTypes]).toEqual([[], []]);
  });

  test("its page gives name, levels, operations, resource types and the page's spelling", () => {
    const service = after.services.find(({ code }) => code === "acmeq");
    expect(service).toMatchObject({
      name: "Acme Queue",
      granularity: "OPERATION",
      sourceKey: AUTHORIZATION.source.key,
    });
    expect(action(after, "acmeq:CreateBox")).toMatchObject({ name: "acmeq:CreateBox", isDocumented: true });
    expect(action(after, "acmeq:BoxAccess")).toMatchObject({ accessLevels: ["GET", "LIST"], isDocumented: true });
    expect(after.operations.map(({ name }) => name)).toEqual(expect.arrayContaining(["CreateBox", "ListBoxKeys"]));
    expect(after.resourceTypes.map(({ name }) => name)).toContain("Box");
  });

  test("an action that the page does not list stays undocumented", () => {
    expect(action(after, "acmeq:PeekBox")).toEqual(action(before, "acmeq:PeekBox"));
    expect(action(after, "acmeq:PeekBox")?.isDocumented).toBe(false);
  });

  test("every key stays, and the role's page and the order of imports change nothing about the rest", () => {
    expect(keysOf(after)).toEqual(expect.arrayContaining(keysOf(before)));
    expect(new Set(keysOf(after)).size).toBe(keysOf(after).length);
    expect(mergeCatalog([AUTHORIZATION, ROLE])).toEqual(after);
    expect([after.roles, after.policies, after.attachments]).toEqual([
      before.roles,
      before.policies,
      before.attachments,
    ]);
  });

  test("another spelling in the policy is a word of the page's", () => {
    expect(after.findings).toContainEqual(
      expect.objectContaining({ code: "ACTION_SPELT_DIFFERENTLY", subject: actionKey("acmeq:CreateBox") }),
    );
  });

  test("without the page all is as it was before", () => {
    expect(mergeCatalog([ROLE, AUTHORIZATION].filter(({ source }) => source.key === ROLE.source.key))).toEqual(before);
    expect(mergeCatalog([AUTHORIZATION]).services).not.toContainEqual(expect.objectContaining({ code: "shop" }));
  });
});
