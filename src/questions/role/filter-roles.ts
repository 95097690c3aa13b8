import { filterInSteps } from "../../grants/filter-in-steps.js";
import { nameOrder } from "../../grants/name-order.js";
import { partsOf } from "../../grants/parts-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked as isLinked } from "../../inventory/is-service-linked.js";
import type { Key } from "../../inventory/keys.js";
import { roleKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import { asciiLower } from "../../policy/ascii.js";

/** What roles are wanted; all that is given must hold. An empty list is held by none. */
export interface RoleFilter {
  readonly isServiceLinked?: boolean | null | undefined;
  /** Service principal; letter case ignored. */
  readonly serviceName?: string | null | undefined;
  /** Digits, or `catalog`. */
  readonly accountIds?: readonly string[] | null | undefined;
  readonly nameContains?: string | null | undefined;
  /** Key of a policy. */
  readonly attachedPolicy?: Key | undefined;
}

/** Roles by name, of the catalog and of every account. */
export function* filterRoles(snapshot: Snapshot, filter: RoleFilter): Generator<undefined, readonly Role[], undefined> {
  const { isServiceLinked, accountIds } = filter;
  const serviceName = typeof filter.serviceName === "string" ? asciiLower(filter.serviceName) : undefined;
  const part = asciiLower(filter.nameContains ?? "");
  const accounts = accountIds && new Set(accountIds);
  const isCarrier = yield* carrierTest(snapshot, filter);
  const wanted = yield* filterInSteps(
    yield* nameOrder(snapshot).roles(),
    ({ row, folded }) =>
      (typeof isServiceLinked !== "boolean" || isLinked(row) === isServiceLinked) &&
      (serviceName === undefined || asciiLower(row.serviceName ?? "") === serviceName) &&
      (!accounts || accounts.has(row.accountId)) &&
      folded.includes(part) &&
      isCarrier(row),
  );
  return wanted.map(({ row }) => row);
}

/** How many carriers are noted before others get their turn. */
const STEP = 1_000;

function* carrierTest(
  { attachmentsOfPolicy }: Snapshot,
  { attachedPolicy }: RoleFilter,
): Generator<undefined, (role: Role) => boolean, undefined> {
  if (attachedPolicy === undefined) return () => true;
  const rows = partsOf(attachmentsOfPolicy, attachedPolicy);
  const carriers = new Set<Key>();
  for (let at = 0; at < rows.length; at += STEP) {
    yield undefined;
    for (const { principal } of rows.slice(at, at + STEP)) carriers.add(principal);
  }
  return ({ accountId, name }) => carriers.has(roleKey(accountId, name));
}
