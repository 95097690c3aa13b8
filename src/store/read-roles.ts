import type { Inventory } from "../inventory/inventory.js";
import type { Key } from "../inventory/keys.js";
import type { Role } from "../inventory/principal.js";
import { addCarriers, type CarrierList } from "./carrier-list.js";
import { columnsSql } from "./columns-sql.js";
import { RoleEntity } from "./entities/account.entity.js";
import type { FactReader } from "./fact-reader.js";
import type { SeenAccounts } from "./seen-accounts.js";
import { sharing } from "./sharing.js";

type Texts = readonly string[];
type MaybeTexts = readonly (string | null)[];

/** Some roles, a list for each column. */
interface RoleColumns {
  readonly keys: readonly Key[];
  readonly accountIds: Texts;
  readonly names: Texts;
  readonly roleIds: MaybeTexts;
  readonly descriptions: MaybeTexts;
  readonly trustPolicies: MaybeTexts;
  readonly durations: readonly (number | null)[];
  readonly serviceNames: MaybeTexts;
  readonly sourceKeys: Texts;
  readonly hashes: Uint8Array;
}

const COLUMNS = {
  keys: "id",
  accountIds: "account_id",
  names: "name",
  roleIds: "role_id",
  descriptions: "description",
  trustPolicies: "trust_policy",
  durations: "max_session_duration",
  serviceNames: "service_name",
  sourceKeys: "source_key",
} as const;

/** How many roles one row of the answer stands for, and how many such rows come at once: a trust policy may have a megabyte. */
const [TOGETHER, BATCH] = [50, 20];

/**
 * Reads roles in the order of their keys.
 * @param carriers gets their keys and hashes
 */
export async function readRoles(
  { visitRows }: FactReader,
  seen: SeenAccounts,
  carriers: CarrierList,
): Promise<Inventory["roles"]> {
  const roles: Role[] = [];
  const share = sharing();
  const { sql, parameters } = seen.inAccount("account_id");
  await visitRows<RoleColumns>(
    RoleEntity,
    (from) => columnsSql(from, sql, TOGETHER, COLUMNS),
    (columns) => {
      addCarriers(carriers, columns.keys, columns.hashes);
      for (const at of columns.keys.keys()) roles.push(roleAt(columns, at, share));
    },
    parameters,
    BATCH,
  );
  return roles;
}

function roleAt(columns: RoleColumns, at: number, share: (text: string) => string): Role {
  const [roleId, description] = [columns.roleIds[at], columns.descriptions[at]];
  const [trustPolicy, maxSessionDuration] = [columns.trustPolicies[at], columns.durations[at]];
  const serviceName = columns.serviceNames[at];
  return {
    accountId: share(columns.accountIds[at] ?? ""),
    name: columns.names[at] ?? "",
    sourceKey: share(columns.sourceKeys[at] ?? ""),
    ...(isThere(roleId) ? { roleId } : {}),
    ...(isThere(description) ? { description } : {}),
    ...(isThere(trustPolicy) ? { trustPolicy: share(trustPolicy) } : {}),
    ...(isThere(maxSessionDuration) ? { maxSessionDuration } : {}),
    ...(isThere(serviceName) ? { serviceName: share(serviceName) } : {}),
  };
}

const isThere = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
