import { placeOf } from "../../grants/place-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { workTogetherFor } from "../../grants/work-together.js";
import { type Key, roleKey, userKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import type { RequestResource } from "../../policy/arn.js";
import { readPrincipalName } from "../../policy/caller.js";
import type { Statement } from "../../policy/document.js";
import type { PrincipalPattern } from "../../policy/principal-pattern.js";
import { testsWho } from "../who-can/like-principals.js";
import { assumedRole } from "./assume-question.js";

/** How a role trusts. */
export interface RoleTrust {
  /** Equal for roles that trust alike and are in one account, with the same tags and in the same resource group. */
  readonly kind: number;
  /** The trust policy tells users and roles of one account apart, so each has to be asked about. */
  readonly isPersonal: boolean;
  /** The only ones whom it may let in, where it names those one by one. */
  readonly only: readonly Key[] | undefined;
}

/** A role that trusts some user or role, or may. */
export interface TrustingRole extends RoleTrust {
  readonly key: Key;
  readonly role: Role;
  /** Its place in the snapshot's order. */
  readonly index: number;
  /** Where it stands in the snapshot's list of principals. */
  readonly place: number;
}

/** Roles by whom they trust. Those that trust services alone are left out, as are roles of the catalog. */
export interface TrustingRoles {
  readonly get: (key: Key) => TrustingRole | undefined;
  /** Also of roles that trust services alone; undefined for those of the catalog. */
  readonly trustOf: (key: Key) => RoleTrust | undefined;
  /** Those whose trust is not personal, in the order of the snapshot. */
  readonly alike: readonly TrustingRole[];
  /** The same by their kind. */
  readonly byKind: ReadonlyMap<number, readonly TrustingRole[]>;
  /** Those with a personal trust that may let somebody in, by the key of the user or role. */
  readonly personalFor: (principal: Key) => readonly TrustingRole[];
}

/** Sorts the roles of a snapshot by whom they trust, once for each snapshot. Yields now and then. */
export const trustingRoles = workTogetherFor(sortRoles);

/** How many roles are looked at before others get their turn. */
const STEP = 100;

function* sortRoles(snapshot: Snapshot): Generator<undefined, TrustingRoles, undefined> {
  const trustOf = trustReader(snapshot);
  const kinds = new Map<string, number>();
  const trusts = new Map<Key, RoleTrust>();
  const byKey = new Map<Key, TrustingRole>();
  let seen = 0;
  for (const [key, role] of snapshot.roles) {
    if (seen++ % STEP === 0) yield undefined;
    const resource = assumedRole(role);
    const principal = snapshot.principalByKey.get(key);
    const place = principal && placeOf(snapshot, principal);
    if (resource === undefined || place === undefined) continue;
    const trust = trustOf(role);
    const name = kindOf(snapshot, role, trust, resource);
    const kind = kinds.get(name) ?? kinds.size;
    kinds.set(name, kind);
    const { isPersonal, only } = trust;
    trusts.set(key, { kind, isPersonal, only });
    if (trust.isForPeople) byKey.set(key, { key, role, index: byKey.size, place, kind, isPersonal, only });
  }
  yield undefined;
  return { ...arrange(byKey), trustOf: (key) => trusts.get(key) };
}

function arrange(byKey: ReadonlyMap<Key, TrustingRole>): Omit<TrustingRoles, "trustOf"> {
  const alike: TrustingRole[] = [];
  const open: TrustingRole[] = [];
  const byName = new Map<Key, TrustingRole[]>();
  const byKind = new Map<number, TrustingRole[]>();
  for (const role of byKey.values()) {
    if (!role.isPersonal) {
      alike.push(role);
      addTo(byKind, role.kind, role);
    } else if (role.only === undefined) open.push(role);
    for (const key of role.only ?? []) addTo(byName, key, role);
  }
  return {
    get: (key) => byKey.get(key),
    alike,
    byKind,
    personalFor: (key) => {
      const named = byName.get(key) ?? open;
      return named.length === 0 ? NO_ROLES : [...new Set([...named, ...open])];
    },
  };
}

/** Most are named by none. */
const NO_ROLES: readonly TrustingRole[] = [];

function addTo<Name>(roles: Map<Name, TrustingRole[]>, name: Name, role: TrustingRole): void {
  const known = roles.get(name);
  if (known === undefined) roles.set(name, [role]);
  else known.push(role);
}

/** What else there is that tells requests about roles apart, but for their ARNs. */
function kindOf(
  { groupIndex, tagsOf }: Snapshot,
  { accountId, name }: Role,
  { text, tellsRoles }: Trust,
  resource: RequestResource,
): string {
  const tags = tagsOf(resource).map(({ key, value }) => [key, value]);
  return JSON.stringify([accountId, text, groupIndex.membershipOf(resource), tags, tellsRoles ? name : ""]);
}

/** What a trust policy makes of users and roles. */
interface Trust extends Pick<TrustingRole, "isPersonal" | "only"> {
  readonly text: string;
  /** It says something else of other roles that have the same. */
  readonly tellsRoles: boolean;
  /** It may let some user or role in. */
  readonly isForPeople: boolean;
}

/** Reads trust policies, equal ones once. */
function trustReader({ trusts }: Snapshot): (role: Role) => Trust {
  const known = new Map<string, Trust>();
  return ({ accountId, name, trustPolicy, serviceName }) => {
    const text = JSON.stringify([trustPolicy, serviceName]);
    const before = known.get(text);
    if (before !== undefined) return before;
    const statements = (trusts.get(roleKey(accountId, name)) ?? []).map(({ statement }) => statement);
    const trust = trustIn(statements, text);
    known.set(text, trust);
    return trust;
  };
}

function trustIn(statements: readonly Statement[], text: string): Trust {
  const letIn = statements.filter(({ effect }) => effect !== "DENY").map(namedIn);
  const isPersonal =
    statements.map(namedIn).some(Array.isArray) || statements.some((statement) => testsWho({ statement }));
  const isEveryone = letIn.some((named) => named === "ALIKE" || (Array.isArray(named) && named.includes(undefined)));
  const names = letIn.flatMap((named) => (typeof named === "string" ? [] : named)).flatMap((key) => key ?? []);
  return {
    text,
    isPersonal,
    only: isPersonal && !isEveryone ? names : undefined,
    tellsRoles: statements.some(tellsRole),
    isForPeople: letIn.some((named) => named !== "NOBODY"),
  };
}

function tellsRole({ resources, conditions }: Statement): boolean {
  if (conditions.some(({ foldedKey }) => foldedKey === "resource")) return true;
  return resources !== "UNREADABLE" && resources.patterns.some(({ form }) => form !== "ANY");
}

/** Whom a statement names among users and roles: all of an account alike, or keys; undefined among these for what may be anybody's. */
type Named = "NOBODY" | "ALIKE" | readonly (Key | undefined)[];

function namedIn({ principals }: Statement): Named {
  if (principals === undefined || principals === "UNREADABLE") return "ALIKE";
  const named = principals.map(namedBy);
  const keys = named.flatMap((each) => (typeof each === "string" ? [] : each));
  const isForAll = named.includes("ALIKE");
  if (keys.length === 0) return isForAll ? "ALIKE" : "NOBODY";
  return isForAll ? [...keys, undefined] : keys;
}

/** See `namesCaller`: what cannot be read may mean any user or role, and each alike. */
function namedBy({ kind, text }: PrincipalPattern): Named {
  if (text === "*") return "ALIKE";
  if (kind === "SERVICE") return "NOBODY";
  const name = readPrincipalName(text);
  switch (name?.kind) {
    case undefined:
    case "ACCOUNT":
      return "ALIKE";
    case "BARE_ID":
      return [undefined];
    case "USER":
      return [userKey(name.accountId, name.name)];
    case "ROLE":
      return [roleKey(name.accountId, name.name)];
    default:
      return "NOBODY";
  }
}
