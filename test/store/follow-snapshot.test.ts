import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Followed, followSnapshot, loadFirst } from "../../src/app/follow-snapshot.js";
import type { Sight } from "../../src/app/load-snapshot.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import type { AccountFacts } from "../../src/inventory/batch.js";
import { policyKey, userKey } from "../../src/inventory/keys.js";
import { forgetAccount } from "../../src/store/forget-account.js";
import { importAccount } from "../../src/store/import-account.js";
import { importCatalog } from "../../src/store/import-catalog.js";
import { pruneHistory } from "../../src/store/prune-history.js";
import { answersOf } from "../worlds/answers.js";
import { plainAttachment } from "../worlds/plain-attachment.js";
import { runs } from "../worlds/runs.js";
import { AUTHORIZATION_PAGE, account, DOCUMENT, page, ROLES_PAGE, systemPolicy } from "./facts.js";
import { withDatabase } from "./open.js";

const ACTIONS = ["mq:Send", "ecs:DescribeInstances"];
const RESOURCES = ["acs:mq:r:111:Instance/a", "acs:oss:*:*:photos/x"];

/** Everything that a snapshot holds, in an order that does not depend on how it came about. */
function worldOf(snapshot: Snapshot) {
  const sorted = <T>(map: ReadonlyMap<string, T>, of: (value: T) => unknown = (value) => value) =>
    [...map].map(([key, value]) => [key, of(value)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const { revision, committedAt, inventory, principals, users, roles, groups, policies } = snapshot;
  return {
    revision,
    committedAt,
    inventory,
    principals,
    users: sorted(users),
    roles: sorted(roles),
    groups: sorted(groups),
    policies: sorted(policies, ({ policy, document, findings }) => ({ policy, document, findings })),
    accounts: sorted(snapshot.accounts),
    sources: sorted(snapshot.sources),
    groupsOfUser: sorted(snapshot.groupsOfUser),
    usersOfGroup: sorted(snapshot.usersOfGroup),
    attachmentsOfPrincipal: sorted(snapshot.attachmentsOfPrincipal, (rows) => rows.map(plainAttachment)),
    attachmentsOfPolicy: sorted(snapshot.attachmentsOfPolicy, (rows) => rows.map(plainAttachment)),
    trusts: sorted(snapshot.trusts),
    controlLevels: sorted(snapshot.controlLevels),
    findingsOf: sorted(snapshot.findingsOf),
    bucketPolicies: sorted(snapshot.bucketPolicies),
    ids: ["29041", "3171", "7"].map((id) => snapshot.ramIds.has(id)),
    serviceLinks: sorted(snapshot.catalog.serviceLinks),
    answers: answersOf(snapshot, ACTIONS, RESOURCES),
  };
}

const at = withDatabase();
const sql = (text: string) => async () => void (await at.db.dataSource.query(text));
const options = { allowShrink: true };

/** Ways in which facts change: imports with more or less in them, and hands at psql. */
const EDITS: Readonly<Record<string, () => Promise<unknown>>> = {
  "a whole account": () => importAccount(at.db, account("111"), options),
  "another account": () => importAccount(at.db, account("222"), options),
  "an account less some facts": () => importAccount(at.db, account("111", half()), options),
  "a newer text of a policy of the cloud's own": () => importAccount(at.db, account("222", newerSystem), options),
  "an account without groups": () => importAccount(at.db, account("111", withoutGroups), options),
  "an account that is forgotten": () => forgetAccount(at.db, "222").catch(() => undefined),
  "an account that is erased": () => forgetAccount(at.db, "222", { purge: true }).catch(() => undefined),
  "a page": () => importCatalog(at.db, [AUTHORIZATION_PAGE], options),
  "a page of roles": () => importCatalog(at.db, [ROLES_PAGE], options),
  "a page that says other things": () => importCatalog(at.db, [page("roles", { actions: ["mq:Odd"] })], options),
  "an attachment that is taken": sql("DELETE FROM attachment WHERE principal_id = 'group:111:devs'"),
  "attachments of everyone": sql(
    `INSERT INTO attachment (policy_id, principal_id, resource_group_id, attached_at)
     SELECT policy.id, principal.id, rg, '2024-02-03T04:05:06.5Z' FROM policy, principal, (VALUES (''), ('rg-9')) AS of(rg)
     WHERE policy.account_id = '111' AND principal.account_id = '111' AND type = 'CUSTOM' ON CONFLICT DO NOTHING`,
  ),
  "a document": sql(
    `UPDATE policy_version SET document_text = '{"Version":"1","Statement":[{"Effect":"Deny","Action":"mq:*","Resource":"*"}]}'
     WHERE policy_id LIKE 'policy:CUSTOM:%' AND is_default`,
  ),
  "a document that is lost": sql(
    "UPDATE policy_version SET document_text = NULL WHERE policy_id LIKE 'policy:SYSTEM:%'",
  ),
  "a user's name": sql("UPDATE app_user SET name = upper(name), user_id = '7' WHERE name = 'bob'"),
  "a role's trust": sql(`UPDATE role SET trust_policy = '{"Version":"1","Statement":[]}' WHERE name = 'Deployer'`),
  "a role's owner": sql(
    "UPDATE role SET service_name = 'x.aliyuncs.com' WHERE name = 'Deployer' AND account_id = '111'",
  ),
  "a tag": sql("UPDATE resource_tag SET value = value || 'x' WHERE key = 'owner'"),
  "a bucket's policy": sql("DELETE FROM resource_policy WHERE account_id = '111'"),
  "a control policy": sql("DELETE FROM control_attachment WHERE target = 'fd-shops'"),
  "a gap": sql(
    `INSERT INTO coverage_gap (source_key, position, reason, subject, detail, account_id)
     SELECT key, 77, 'POLICY_DOCUMENT_MISSING', 'AliyunMQFullAccess', 'unknown', account_id FROM source
     WHERE account_id IS NOT NULL ON CONFLICT DO NOTHING`,
  ),
  findings: sql("UPDATE finding SET message = message || '.' WHERE place = '000000'"),
  nothing: () => Promise.resolve(),
};

/** An account with a half of its people and of what they carry. */
function half(): Partial<AccountFacts> {
  const { users, attachments } = account("111").facts;
  return { users: users.slice(1), attachments: attachments.slice(1, 2), memberships: [] };
}

const newerSystem: Partial<AccountFacts> = {
  policies: account("222").facts.policies.map((policy) =>
    policy.type === "SYSTEM" ? systemPolicy("v9", DOCUMENT, "2025-01-02T03:04:05Z") : policy,
  ),
};

const withoutGroups: Partial<AccountFacts> = {
  groups: [],
  memberships: [],
  attachments: [{ policy: policyKey("CUSTOM", "111", "Ship"), principal: userKey("111", "bob") }],
};

const SIGHTS: readonly Sight[] = [
  {},
  { viewer: new Set(["111"]) },
  { server: new Set(["222"]) },
  { viewer: new Set(["111", "333"]), server: new Set(["222", "333"]) },
];

describe("a snapshot that follows the database", () => {
  beforeAll(async () => {
    await importCatalog(at.db, [AUTHORIZATION_PAGE, ROLES_PAGE], options);
    await importAccount(at.db, account("111"), options);
  });

  test("is what loading the newest revision gives, after any history, whichever accounts are seen", async () => {
    const edits = fc.array(fc.subarray(Object.keys(EDITS), { minLength: 1, maxLength: 3 }), {
      minLength: 3,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(edits, async (history) => {
        const followed = await Promise.all(SIGHTS.map((sight) => loadFirst(at.db, sight)));
        for (const names of history) {
          for (const name of names) await EDITS[name]?.();
          for (const [index, sight] of SIGHTS.entries()) {
            const next = await followSnapshot(at.db, followed[index] ?? (await loadFirst(at.db, sight)), sight);
            followed[index] = next;
            expect(worldOf(next.snapshot)).toEqual(worldOf((await loadFirst(at.db, sight)).snapshot));
          }
        }
      }),
      runs(4),
    );
  });

  test.each([
    "an attachment that is taken",
    "attachments of everyone",
    "a document",
    "a user's name",
    "a role's trust",
    "a tag",
    "a gap",
    "findings",
  ])("is made of the one before for a change of %s", async (name) => {
    await importAccount(at.db, account("111"), options);
    const whole = await Promise.all(SIGHTS.map((sight) => loadFirst(at.db, sight)));
    await EDITS[name]?.();
    for (const [index, sight] of SIGHTS.entries()) {
      const known = whole[index];
      if (known !== undefined) expect((await followSnapshot(at.db, known, sight)).rows).toBeGreaterThan(0);
    }
  });

  const editing = (name: string) => async (known: Followed) => {
    await EDITS[name]?.();
    return known;
  };

  test.each<readonly [string, (known: Followed) => Promise<Followed>]>([
    [
      "the catalog changed",
      async (known) => {
        await importCatalog(at.db, [page("fresh", { actions: ["mq:Fresh"] })], options);
        return known;
      },
    ],
    ["a role became service-linked", editing("a role's owner")],
    ["history was written anew", async (known) => ({ ...known, erasures: "999" })],
    [
      "the same number has another history",
      async ({ snapshot, ...known }) => ({ ...known, snapshot: { ...snapshot, committedAt: "2001-01-01T00:00:00Z" } }),
    ],
    ["too much changed already", async (known) => ({ ...known, rows: 20_000 })],
    [
      "history does not reach back so far",
      async (known) => {
        await EDITS.findings?.();
        await pruneHistory(at.db, 0);
        return known;
      },
    ],
  ])("is loaded whole where %s", async (_, change) => {
    await importAccount(at.db, account("111"), options);
    const known = await change({ ...(await loadFirst(at.db)), rows: 1 });
    await EDITS["a tag"]?.();
    const followed = await followSnapshot(at.db, known);
    expect(followed.rows).toBe(0);
    expect(worldOf(followed.snapshot)).toEqual(worldOf((await loadFirst(at.db)).snapshot));
  });
});
