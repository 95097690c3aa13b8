import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { silentLog } from "../../src/app/log.js";
import { openReaders, type Readers } from "../../src/app/open-readers.js";
import { keepViewedSnapshots } from "../../src/app/viewed-snapshots.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { policyKey, roleKey, userKey } from "../../src/inventory/keys.js";
import { forgetAccount } from "../../src/store/forget-account.js";
import { importAccount } from "../../src/store/import-account.js";
import { readMark } from "../../src/store/read-mark.js";
import type { RevisionMark } from "../../src/store/revision-mark.js";
import { account } from "../store/facts.js";
import { withDatabase } from "../store/open.js";

describe("what somebody sees who sees one account", () => {
  const at = withDatabase();
  const [OWN, OTHER] = ["111", "222"] as const;
  let readers: Readers;
  let see: (mark: RevisionMark) => Promise<Snapshot>;

  beforeAll(async () => {
    readers = await openReaders(at.db, [], silentLog);
    for (const id of [OWN, OTHER]) await importAccount(at.db, account(id), { allowShrink: false });
    const viewed = keepViewedSnapshots(readers);
    see = async (mark) => await viewed([OWN], mark, (await readMark(at.db)).revision);
  });

  afterAll(() => readers.close());

  const seeNow = async () => await see(await readMark(at.db));
  const numberBob = (id: string, number: string) =>
    at.db.dataSource.query("UPDATE app_user SET user_id = $1 WHERE id = $2", [number, userKey(id, "bob")]);
  const policy = policyKey("CUSTOM", OWN, "Ship");

  test("follows what changes in it, and shares the rest with what was there before", async () => {
    const before = await seeNow();
    await numberBob(OWN, "41");
    const after = await seeNow();
    expect(after.revision).not.toBe(before.revision);
    expect(after.users.get(userKey(OWN, "bob"))).toMatchObject({ userId: "41" });
    expect(after.policies.get(policy)).toBe(before.policies.get(policy));
  });

  test("is the same after a change elsewhere, of which nothing shows", async () => {
    const before = await seeNow();
    await numberBob(OTHER, "42");
    const after = await seeNow();
    expect(after.revision).not.toBe(before.revision);
    expect(after.users.get(userKey(OTHER, "bob"))).toBeUndefined();
    expect([...after.users]).toEqual([...before.users]);
    expect(after.policies.get(policy)).toBe(before.policies.get(policy));
  });

  test("is as it was for who asks about the past, also after later questions", async () => {
    const past = await readMark(at.db);
    const then = await seeNow();
    await numberBob(OWN, "43");
    expect((await seeNow()).users.get(userKey(OWN, "bob"))).toMatchObject({ userId: "43" });
    expect([...(await see(past)).users]).toEqual([...then.users]);
  });

  test("is nothing once the account is erased", async () => {
    await seeNow();
    await forgetAccount(at.db, OWN, { purge: true });
    const after = await seeNow();
    expect([after.users.size, after.roles.get(roleKey(OWN, "Deployer"))]).toEqual([0, undefined]);
  });
});
