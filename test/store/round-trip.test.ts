import { describe, expect, test } from "@jest/globals";
import type { Batch } from "../../src/inventory/batch.js";
import { NO_DIRECTORY } from "../../src/inventory/directory.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { roleKey } from "../../src/inventory/keys.js";
import { mergeCatalog } from "../../src/inventory/merge-catalog.js";
import { NO_RESOURCES } from "../../src/inventory/resource.js";
import { ApiTokenEntity } from "../../src/store/entities/api-token.entity.js";
import { ENTITIES } from "../../src/store/entities/index.js";
import { importAccount } from "../../src/store/import-account.js";
import { importCatalog } from "../../src/store/import-catalog.js";
import { readRevision } from "../../src/store/read-revision.js";
import { AUTHORIZATION_PAGE, account, ROLES_PAGE } from "./facts.js";
import { withDatabase } from "./open.js";
import { readInventory } from "./read-inventory.js";

const ID = "1234567890123456";
const PAGES = [AUTHORIZATION_PAGE, ROLES_PAGE];
const MERGED = mergeCatalog(PAGES);

describe("what is imported is read back", () => {
  const at = withDatabase();
  let first: Inventory;

  const findingsOf = (batch: Batch) => batch.findings.map((finding) => ({ ...finding, sourceKey: batch.source.key }));

  test("the catalog, from pages", async () => {
    const report = await importCatalog(at.db, PAGES, {
      originals: new Map([[AUTHORIZATION_PAGE.source.key, Buffer.from([0, 255, 10])]]),
    });
    expect(report.revision).toBe("1");
    expect(report).toMatchObject({ changed: 0, removed: 0, findings: MERGED.findings.length });
    const { revision, committedAt, sources, accounts, users, groups, memberships, gaps, ...catalog } =
      await readInventory(at.db);
    expect(catalog).toEqual({ ...MERGED, ...NO_DIRECTORY, ...NO_RESOURCES });
    expect([accounts, users, groups, memberships, gaps].flat()).toEqual([]);
    expect({ revision, committedAt }).toEqual(await readRevision(at.db));
    expect(sources).toEqual(PAGES.map(({ source }) => ({ ...source, importedAt: expect.any(String) })));
  });

  test("an account", async () => {
    const batch = account(ID);
    const { users, groups, memberships, roles, attachments } = batch.facts;
    const report = await importAccount(at.db, batch);
    expect(report.revision).toBe("2");
    first = await readInventory(at.db);
    expect(first).toMatchObject({ users, groups, memberships, gaps: batch.gaps });
    expect(first.accounts).toEqual([{ ...batch.facts.account, importedAt: expect.any(String) }]);
    expect(first.roles.filter(({ accountId }) => accountId === ID)).toEqual(
      [...roles].reverse().map((role) => ({ ...role, sourceKey: batch.source.key })),
    );
    const [linked] = MERGED.attachments;
    const joined = { policy: linked?.policy, principal: roleKey(ID, "AliyunServiceRoleForMQBridge") };
    expect(new Set(first.attachments)).toEqual(new Set([...MERGED.attachments, ...attachments, joined]));
    const overridden = { code: "FACT_OVERRIDDEN", subject: "policy:SYSTEM::aliyunmqfullaccess" };
    const findings = [...findingsOf(batch), ...MERGED.findings];
    expect(first.findings).toHaveLength(findings.length + 1);
    expect(first.findings).toEqual(expect.arrayContaining([...findings, expect.objectContaining(overridden)]));
  });

  test("the account's directory, and what is known of its resources", () => {
    const { directories, folders, members, controlAttachments, ...facts } = account(ID).facts;
    expect(first).toMatchObject({ directories, folders, members, controlAttachments });
    const { resourceGroups, groupedResources, groupSupports, resourceTags, resourcePolicies } = facts;
    expect(first).toMatchObject({ resourceGroups, groupedResources, groupSupports, resourceTags, resourcePolicies });
  });

  test("policies, byte for byte, where a real version takes the place of the page's", () => {
    const { policies } = account(ID).facts;
    const sourceKey = account(ID).source.key;
    const [custom, control, system] = policies;
    expect(first.policies).toEqual([
      { ...control, sourceKey },
      { ...custom, sourceKey },
      ...MERGED.policies.map((policy) =>
        policy.name === system?.name ? { ...policy, versions: system.versions, sourceKey } : policy,
      ),
    ]);
  });

  test("every table holds rows and every column is filled somewhere", async () => {
    const empty: string[] = [];
    // Who may ask is no fact that an import brings.
    for (const entity of ENTITIES.filter((each) => each !== ApiTokenEntity)) {
      const { tableName, columns } = at.db.dataSource.getMetadata(entity);
      for (const { databaseName } of columns) {
        const [row] = await at.db.dataSource.query<{ filled: string }[]>(
          `SELECT count("${databaseName}") AS filled FROM ${tableName}`,
        );
        if (row?.filled === "0") empty.push(`${tableName}.${databaseName}`);
      }
    }
    // Only a run that takes another back names it, and only one that failed has a message.
    expect(empty).toEqual(["import_run.target_id", "import_run.message"]);
  });

  test("the bytes of a page, where they were given", async () => {
    const rows = await at.db.dataSource.query<object[]>("SELECT source_key, bytes FROM source_original");
    expect(rows).toEqual([{ source_key: AUTHORIZATION_PAGE.source.key, bytes: Buffer.from([0, 255, 10]) }]);
  });

  test("the same facts again change nothing and make no revision", async () => {
    const nothing = { revision: null, added: 0, changed: 0, removed: 0, tables: [] };
    expect(await importCatalog(at.db, PAGES)).toMatchObject({ ...nothing, findings: MERGED.findings.length });
    expect(await importCatalog(at.db, [ROLES_PAGE])).toMatchObject(nothing);
    expect(await importAccount(at.db, account(ID))).toMatchObject({ ...nothing, findings: 2 });
    expect(await readInventory(at.db)).toEqual(first);
  });

  test("each import is on record, also those that changed nothing", async () => {
    const rows = await at.db.dataSource.query<object[]>(
      "SELECT outcome, revision, sources->0->>'sha256' AS sha256 FROM import_run ORDER BY id",
    );
    expect(rows).toEqual([
      { outcome: "CHANGED", revision: "1", sha256: AUTHORIZATION_PAGE.source.sha256 },
      { outcome: "CHANGED", revision: "2", sha256: account(ID).source.sha256 },
      { outcome: "UNCHANGED", revision: null, sha256: AUTHORIZATION_PAGE.source.sha256 },
      { outcome: "UNCHANGED", revision: null, sha256: ROLES_PAGE.source.sha256 },
      { outcome: "UNCHANGED", revision: null, sha256: account(ID).source.sha256 },
    ]);
  });
});
