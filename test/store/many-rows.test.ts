import { beforeAll, describe, expect, test } from "@jest/globals";
import { sortByKey } from "../../src/inventory/byte-order.js";
import { NO_DIRECTORY } from "../../src/inventory/directory.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { keyOfPolicy } from "../../src/inventory/key-of-policy.js";
import { roleKey, userKey } from "../../src/inventory/keys.js";
import type { Policy, PolicyVersion } from "../../src/inventory/policy.js";
import type { Role, User } from "../../src/inventory/principal.js";
import { NO_RESOURCES } from "../../src/inventory/resource.js";
import { importAccount } from "../../src/store/import-account.js";
import { readBeside } from "../../src/store/read-beside.js";
import { readRevision } from "../../src/store/read-revision.js";
import { account } from "./facts.js";
import { withDatabase } from "./open.js";
import { readInventory } from "./read-inventory.js";

const ID = "1234567890123456";

/** Neither in the order of keys nor all alike: one in three has no more than a name. */
const numbers = (count: number) => Array.from({ length: count }, (_, at) => (at * 7_919) % count);
const nameOf = (number: number) => `${["é", "𝄞", "\uffee", "n"][number % 4]}-${number}`;

const USERS: readonly User[] = numbers(1_203).map((number) => ({
  accountId: ID,
  name: nameOf(number),
  ...(number % 3 === 0 ? {} : { userId: `${number}` }),
}));
const ROLES: readonly Role[] = numbers(131).map((number) => ({
  accountId: ID,
  name: nameOf(number),
  ...(number % 3 === 0 ? {} : trustedBy(number)),
}));
const POLICIES: readonly Policy[] = numbers(413).map((number) => ({
  type: "CUSTOM",
  accountId: ID,
  name: nameOf(number),
  ...(number % 3 === 0 ? {} : { description: `policy "${number}"` }),
  isHighRisk: number % 2 === 0,
  versions:
    number % 5 === 0
      ? [versionOf(number, "v10"), versionOf(number, "v2"), { versionId: "v3", isDefault: true }]
      : [versionOf(number, "v1", true)],
}));
const ATTACHMENTS = POLICIES.flatMap((policy, at) => [
  {
    policy: keyOfPolicy(policy),
    principal: userKey(ID, nameOf(at)),
    attachedAt: `2024-01-01T00:00:${10 + (at % 50)}Z`,
  },
  { policy: keyOfPolicy(policy), principal: roleKey(ID, nameOf(at % 131)) },
  { policy: keyOfPolicy(policy), principal: roleKey(ID, nameOf(at % 131)), resourceGroupId: `rg-${at % 9}` },
]);

/** Instants are whole seconds, have a part of one, or are not there. */
function versionOf(number: number, versionId: string, isDefault = false): PolicyVersion {
  const documentText = `{"Version":"1",\n\t"Statement":[],"n\\u00e9\\\\":"${nameOf(number)}"}`;
  const instants = ["2024-05-01T08:00:00Z", "2024-05-01T08:00:00.25Z", undefined];
  const createdAt = instants[number % instants.length];
  return { versionId, isDefault, documentText, ...(createdAt === undefined ? {} : { createdAt }) };
}

function trustedBy(number: number) {
  const trustPolicy = `{"Version":"1","Statement":[{"Principal":{"RAM":"acs:ram::${ID}:user/${number}"}}]}`;
  return { roleId: `${number}`, description: `role ${number}`, trustPolicy, maxSessionDuration: 3_600 + number };
}

describe("more rows than come at once", () => {
  const at = withDatabase();
  let read: Inventory;

  beforeAll(async () => {
    const people = { users: USERS, roles: ROLES, groups: [], memberships: [], ...NO_DIRECTORY, ...NO_RESOURCES };
    const batch = account(ID, { ...people, policies: POLICIES, attachments: ATTACHMENTS });
    await importAccount(at.db, batch);
    read = await readInventory(at.db);
  });

  test.each<[string, () => readonly unknown[], () => readonly unknown[]]>([
    ["users", () => read.users, () => sortByKey(USERS, ({ name }) => userKey(ID, name))],
    [
      "roles",
      () => read.roles.map(({ sourceKey: _sourceKey, ...role }) => role),
      () => sortByKey(ROLES, ({ name }) => roleKey(ID, name)),
    ],
    [
      "policies",
      () => read.policies.map(({ sourceKey: _sourceKey, ...policy }) => policy),
      () => sortByKey(POLICIES, keyOfPolicy),
    ],
  ])("are read in the order of keys, none with what is another's: %s", (_, found, expected) => {
    expect(found()).toEqual(expected());
  });

  test("are read as they are attached", () => {
    const keyOf = ({ policy, principal, resourceGroupId = "" }: Inventory["attachments"][number]) =>
      `${policy}\n${principal}\n${resourceGroupId}`;
    expect(sortByKey(read.attachments, keyOf)).toEqual(sortByKey(ATTACHMENTS, keyOf));
    expect(sortByKey(read.attachments, ({ policy }) => policy)).toEqual(read.attachments);
  });
});

describe("what is read on a connection beside", () => {
  const at = withDatabase();
  const found = async () => "found";

  test("is of the very revision that is wanted", async () => {
    const newest = await readRevision(at.db);
    expect(await readBeside(at.db, newest, found)).toBe("found");
    expect(await readBeside(at.db, { ...newest, revision: "9" }, found)).toBeUndefined();
    // The same number may be counted again after a failover.
    expect(await readBeside(at.db, { ...newest, committedAt: "2020-01-01T00:00:00Z" }, found)).toBeUndefined();
  });

  test("is nothing where it fails, for whoever reads the rest tells why", async () => {
    const newest = await readRevision(at.db);
    const nonsense = readBeside(at.db, newest, (transaction) => transaction.query("SELECT nonsense"));
    expect(await nonsense).toBeUndefined();
    const gone = { ...at.db, holds: { ...newest, revision: "9", erasures: "0" } };
    expect(await readBeside(gone, newest, found)).toBeUndefined();
  });
});
