import { describe, expect, test } from "@jest/globals";
import type { AccountFacts } from "../../src/inventory/batch.js";
import { NO_DIRECTORY } from "../../src/inventory/directory.js";
import { policyKey, userKey } from "../../src/inventory/keys.js";
import { NO_RESOURCES } from "../../src/inventory/resource.js";
import { importAccount } from "../../src/store/import-account.js";
import { importCatalog } from "../../src/store/import-catalog.js";
import { ImportRefused } from "../../src/store/import-refused.js";
import { AUTHORIZATION_PAGE, account, page, systemPolicy } from "./facts.js";
import { withDatabase } from "./open.js";
import { readInventory } from "./read-inventory.js";

const user = (accountId: string, name: string) => ({ accountId, name });

describe("an import that cannot be kept", () => {
  const at = withDatabase();
  const id = "333";
  const facts = account(id).facts;

  const REFUSED: readonly (readonly [string, Partial<AccountFacts>, RegExp])[] = [
    [
      "names that differ in case only",
      { users: [user(id, "Alice"), user(id, "ALICE")] },
      /states one principal twice.*user:333:alice/,
    ],
    ["a name of 257 characters", { users: [...facts.users, user(id, "x".repeat(257))] }, /app_user_name_length/],
    ["an empty name", { users: [...facts.users, user(id, "")] }, /app_user_name_length/],
    ["a NUL", { users: [...facts.users, user(id, "a\0b")] }, /NUL or half of a surrogate pair/],
    ["half of a surrogate pair", { users: [...facts.users, user(id, "a\ud800b")] }, /NUL or half of a surrogate pair/],
    [
      "a user that is not there",
      { memberships: [{ accountId: id, group: "Devs", user: "eve" }] },
      /membership names a fact that no source states.*user:333:eve/,
    ],
    [
      "a policy that is not there",
      { policies: facts.policies.slice(1) },
      /policy:CUSTOM:333:ship.*not among the policies/,
    ],
    [
      "an attachment to nobody",
      { attachments: [{ policy: policyKey("CUSTOM", id, "Ship"), principal: userKey(id, "eve") }] },
      /attachment names a fact/,
    ],
    [
      "a control policy that is not there",
      {
        controlAttachments: [
          { directoryId: "rd-333", policy: policyKey("CONTROL", id, "X"), target: "fd-shops", effectScope: "RAM" },
        ],
      },
      /policy:CONTROL:333:x.*attached to `fd-shops`.*not among the policies/,
    ],
    [
      "a folder under one that is not there",
      { folders: [{ directoryId: "rd-333", id: "fd-lost", parentId: "fd-nowhere", name: "Lost" }] },
      /folder names a fact that no source states.*fd-nowhere/,
    ],
    [
      "a member in a folder that is not there",
      { members: [{ directoryId: "rd-333", accountId: "1", folderId: "fd-nowhere" }] },
      /directory_member names a fact that no source states.*fd-nowhere/,
    ],
    [
      "a resource twice",
      { groupedResources: [...facts.groupedResources, ...facts.groupedResources] },
      /states one grouped_resource twice/,
    ],
    [
      "an ARN of more than 2,048 bytes",
      { resourceTags: [{ accountId: id, arn: `acs:${"é".repeat(1024)}`, key: "k", value: "" }] },
      /resource_tag_arn_length/,
    ],
    [
      "a bucket policy of more than 1 MiB",
      { resourcePolicies: [{ accountId: id, kind: "OSS_BUCKET", resource: "b", documentText: "x".repeat(1_048_577) }] },
      /resource_policy_document_length/,
    ],
    ["an account number with letters", { account: { id: "12x" } }, /account_id/],
    [
      "an instant beyond the calendar",
      { attachments: facts.attachments.map((one) => ({ ...one, attachedAt: "294277-01-01T00:00:00Z" })) },
      /an instant cannot be kept/,
    ],
    [
      "an instant without end",
      { attachments: facts.attachments.map((one) => ({ ...one, attachedAt: "infinity" })) },
      /attachment_attached_at/,
    ],
    [
      "a document of more than 1 MiB",
      {
        policies: [
          ...facts.policies,
          { ...systemPolicy("v1", "x".repeat(1_048_577), "2024-01-01T00:00:00Z"), name: "Big" },
        ],
      },
      /policy_version_document_length/,
    ],
    [
      "two default versions",
      {
        policies: facts.policies.map((policy) => ({
          ...policy,
          versions: policy.versions.map((version) => ({ ...version, isDefault: true })),
        })),
      },
      /policy_version_one_default/,
    ],
  ];

  test.each(REFUSED)("%s: is refused whole, with the reason, and recorded", async (_, changes, reason) => {
    const before = await readInventory(at.db);
    const refused = importAccount(at.db, account(id, changes));
    await expect(refused).rejects.toThrow(ImportRefused);
    await expect(refused).rejects.toThrow(reason);
    expect(await readInventory(at.db)).toEqual(before);
    const [run] = await at.db.dataSource.query<{ outcome: string; message: string }[]>(
      "SELECT outcome, message FROM import_run ORDER BY id DESC LIMIT 1",
    );
    expect(run).toEqual({ outcome: "FAILED", message: expect.stringMatching(reason) });
  });

  test("one that would remove more than half is refused, unless it is allowed", async () => {
    await importAccount(at.db, account(id));
    const less = account(id, {
      users: [],
      groups: [],
      memberships: [],
      attachments: [],
      ...NO_DIRECTORY,
      ...NO_RESOURCES,
    });
    await expect(importAccount(at.db, less)).rejects.toThrow(
      /would remove 16 of the 21 facts that its source held, among them 2 of 2 users, /,
    );
    expect(await importAccount(at.db, less, { allowShrink: true })).toMatchObject({ revision: expect.any(String) });
    await importCatalog(at.db, [AUTHORIZATION_PAGE]);
    const bare = page("authorization", { services: AUTHORIZATION_PAGE.facts.services });
    await expect(importCatalog(at.db, [bare])).rejects.toThrow(/leave 1 of the 8 facts that `authorization` held/);
    expect(await importCatalog(at.db, [bare], { allowShrink: true })).toMatchObject({ added: 0 });
  });

  test.each([
    [9, undefined],
    [10, /among them 10 of 10 memberships; nothing was written/],
  ])("%i memberships gone among many facts", async (count, refusal) => {
    const names = Array.from({ length: 40 }, (_, index) => `user-${index}`);
    const users = names.map((name) => ({ accountId: id, name }));
    const memberships = names.slice(0, count).map((user) => ({ accountId: id, group: "Devs", user }));
    const facts = { users, attachments: [] };
    await importAccount(at.db, account(id, { ...facts, memberships }), { allowShrink: true });
    const without = importAccount(at.db, account(id, { ...facts, memberships: [] }));
    if (refusal === undefined) await expect(without).resolves.toMatchObject({ removed: count });
    else await expect(without).rejects.toThrow(refusal);
    await importAccount(at.db, account(id), { allowShrink: true });
  });

  test("another page under the name of the first is refused, however long it is", async () => {
    const roles = page("taken", { actions: ["mq:Send", "mq:Receive"] });
    const longer = page("taken", { actions: ["kms:Encrypt", "kms:Decrypt", "MQ:send", "kms:DescribeKey"] });
    const other = page("taken", { actions: ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey"] });
    await importCatalog(at.db, [roles]);
    await expect(importCatalog(at.db, [other])).rejects.toThrow(/leave 0 of the 2 facts that `taken` held/);
    expect(await importCatalog(at.db, [longer])).toMatchObject({ revision: expect.any(String) });
  });
});

describe("a fact whose ground moves", () => {
  const at = withDatabase();

  test("an account read from elsewhere keeps its facts, under the new source", async () => {
    const batch = account("801");
    await importAccount(at.db, batch);
    const key = "source:LIVE_ACCOUNT:801";
    await importAccount(at.db, { ...batch, source: { ...batch.source, key, kind: "LIVE_ACCOUNT" } });
    const { sources, roles, policies, findings } = await readInventory(at.db);
    expect(
      new Set([
        ...sources.map((source) => source.key),
        ...[...roles, ...policies, ...findings].map((one) => one.sourceKey),
      ]),
    ).toEqual(new Set([key]));
  });

  test("a policy stays when the service goes whose page lists it", async () => {
    const policies = [{ name: "AliyunMQFullAccess", isHighRisk: false }];
    const before = page("moved", { product: "MQ", services: [{ code: "mq", name: "MQ" }], policies });
    await importCatalog(at.db, [before]);
    await importCatalog(at.db, [page("moved", { product: "ONS", services: [{ code: "ons", name: "ONS" }], policies })]);
    const { services, policies: read } = await readInventory(at.db);
    expect(services.map(({ code }) => code)).toEqual(["ons"]);
    expect(read.find(({ name }) => name === "AliyunMQFullAccess")?.service).toBe("ons");
  });
});

describe("directories and resources", () => {
  const at = withDatabase();

  test("go with the account's next import that does not have them", async () => {
    await importAccount(at.db, account("901"));
    const policies = account("901").facts.policies.filter(({ type }) => type !== "CONTROL");
    await importAccount(at.db, account("901", { policies, ...NO_DIRECTORY, ...NO_RESOURCES }));
    expect(await readInventory(at.db)).toMatchObject({ ...NO_DIRECTORY, ...NO_RESOURCES });
  });

  test("of several accounts stand side by side, in the order of their keys", async () => {
    for (const id of ["903", "902"]) await importAccount(at.db, account(id));
    const read = await readInventory(at.db);
    const both = [account("902").facts, account("903").facts];
    expect(read.folders).toEqual(both.flatMap(({ folders }) => folders));
    expect(read.controlAttachments).toEqual(both.flatMap(({ controlAttachments }) => controlAttachments));
    expect(read.groupedResources).toEqual(both.flatMap(({ groupedResources }) => groupedResources));
    expect(read.groupSupports).toEqual(account("902").facts.groupSupports);
  });

  test("a type that one account's export calls supported is supported", async () => {
    const groupSupports = [{ service: "ecs", resourceType: "instance", isSupported: false }];
    await importAccount(at.db, account("902", { groupSupports }));
    expect((await readInventory(at.db)).groupSupports).toEqual(account("902").facts.groupSupports);
  });

  test("a directory that another account manages is refused", async () => {
    const { directories, folders, members } = account("902").facts;
    const claim = directories.map((directory) => ({ ...directory, managementAccountId: "903" }));
    const claimed = importAccount(
      at.db,
      account("903", { directories: claim, folders, members, controlAttachments: [] }),
    );
    await expect(claimed).rejects.toThrow(/directory `rd-902` is managed by account `902`.*and not by `903`/);
  });
});
