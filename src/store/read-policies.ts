import type { Inventory } from "../inventory/inventory.js";
import type { Key } from "../inventory/keys.js";
import type { Policy, PolicyType, PolicyVersion } from "../inventory/policy.js";
import { columnsSql } from "./columns-sql.js";
import { PolicyEntity, PolicyVersionEntity } from "./entities/policy.entity.js";
import type { FactReader } from "./fact-reader.js";
import { instant } from "./instant.js";
import { sharing } from "./sharing.js";
import type { Scope } from "./table-content.js";

type Texts = readonly string[];
type MaybeTexts = readonly (string | null)[];
type Flags = readonly boolean[];

/** Some policies, a list for each column. */
interface PolicyColumns {
  readonly keys: readonly Key[];
  readonly types: readonly PolicyType[];
  readonly accountIds: MaybeTexts;
  readonly names: Texts;
  readonly descriptions: MaybeTexts;
  readonly highRisks: Flags;
  readonly services: MaybeTexts;
  readonly sourceKeys: Texts;
}

const POLICIES = {
  keys: "id",
  types: "type",
  accountIds: "account_id",
  names: "name",
  descriptions: "description",
  highRisks: "is_high_risk",
  services: "service",
  sourceKeys: "source_key",
} as const;

/** Some versions, a list for each column. */
interface VersionColumns {
  readonly policies: readonly Key[];
  readonly versionIds: Texts;
  readonly defaults: Flags;
  readonly documentTexts: MaybeTexts;
  readonly instants: MaybeTexts;
}

const VERSIONS = {
  policies: "policy_id",
  versionIds: "version_id",
  defaults: "is_default",
  documentTexts: "document_text",
  instants: instant("created_at"),
} as const;

/** How many rows one row of the answer stands for, and how many such rows come at once: a document may have a megabyte. */
const [TOGETHER, BATCH] = [50, 20];

/**
 * Policies with their versions, in the order of keys.
 * @param where a condition for their ids, and the same for the versions'
 */
export async function readPolicies(
  reader: FactReader,
  where: { readonly policies: Scope; readonly versions: Scope },
): Promise<Inventory["policies"]> {
  const versions = await readVersions(reader, where.versions);
  const policies: Policy[] = [];
  const share = sharing();
  const { sql, parameters } = where.policies;
  await reader.visitRows<PolicyColumns>(
    PolicyEntity,
    (from) => columnsSql(from, sql, TOGETHER, POLICIES),
    (columns) => {
      for (const [at, key] of columns.keys.entries()) {
        policies.push(policyAt(columns, at, versions.get(key) ?? [], share));
      }
    },
    parameters,
    BATCH,
  );
  return policies;
}

async function readVersions(
  { visitRows }: FactReader,
  { sql, parameters }: Scope,
): Promise<ReadonlyMap<Key, readonly PolicyVersion[]>> {
  const versions = new Map<Key, PolicyVersion[]>();
  await visitRows<VersionColumns>(
    PolicyVersionEntity,
    (from) => columnsSql(from, sql, TOGETHER, VERSIONS, "policy_id, version_id"),
    (columns) => {
      for (const [at, policy] of columns.policies.entries()) {
        const version = versionAt(columns, at);
        const known = versions.get(policy);
        if (known === undefined) versions.set(policy, [version]);
        else known.push(version);
      }
    },
    parameters,
    BATCH,
  );
  return versions;
}

function policyAt(
  { types, accountIds, names, descriptions, highRisks, services, sourceKeys }: PolicyColumns,
  at: number,
  versions: readonly PolicyVersion[],
  share: (text: string) => string,
): Policy {
  const [accountId, description, service] = [accountIds[at] ?? null, descriptions[at] ?? null, services[at] ?? null];
  return {
    type: types[at] ?? "CUSTOM",
    ...(accountId === null ? {} : { accountId: share(accountId) }),
    name: names[at] ?? "",
    ...(description === null ? {} : { description }),
    isHighRisk: highRisks[at] ?? false,
    ...(service === null ? {} : { service: share(service) }),
    sourceKey: share(sourceKeys[at] ?? ""),
    versions,
  };
}

function versionAt({ versionIds, defaults, documentTexts, instants }: VersionColumns, at: number): PolicyVersion {
  const [documentText, createdAt] = [documentTexts[at] ?? null, instants[at] ?? null];
  return {
    versionId: versionIds[at] ?? "",
    isDefault: defaults[at] ?? false,
    ...(documentText === null ? {} : { documentText }),
    ...(createdAt === null ? {} : { createdAt }),
  };
}
