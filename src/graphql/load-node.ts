import type { Snapshot } from "../grants/snapshot.js";
import { CATALOG_ACCOUNT, type Key } from "../inventory/keys.js";
import { type Caller, namesCaller } from "../policy/caller.js";
import { AccountType } from "./account.type.js";
import { ActionType } from "./action.type.js";
import { ApiOperationType } from "./api-operation.type.js";
import { attachmentKey, partsOfKey, partsOfVersionKey } from "./composite-keys.js";
import { ConditionKeyType } from "./condition-key.type.js";
import { GroupType } from "./group.type.js";
import type { NodeType } from "./node.type.js";
import {
  ExternalPrincipalType,
  isExternal,
  outsiderKey,
  outsiderOfKey,
  ServicePrincipalType,
} from "./outsider.type.js";
import { PolicyType } from "./policy.type.js";
import { PolicyAttachmentType } from "./policy-attachment.type.js";
import { versionsOf } from "./policy-version.type.js";
import { ResourceTypeType } from "./resource-type.type.js";
import { RoleType } from "./role.type.js";
import { ServiceType } from "./service.type.js";
import { SnapshotType, snapshotKey } from "./snapshot.type.js";
import { SourceType } from "./source.type.js";
import { statementAt } from "./statement-at.js";
import { UserType } from "./user.type.js";

type Loader = (snapshot: Snapshot, key: Key) => NodeType | undefined;

/** How the object of a key is found, by the key's first word. */
const LOADERS: ReadonlyMap<string, Loader> = new Map<string, Loader>([
  ["service", (snapshot, key) => view(snapshot.catalog.services.get(key), (row) => new ServiceType(snapshot, row))],
  ["action", (snapshot, key) => view(snapshot.catalog.actions.get(key), (row) => new ActionType(snapshot, row))],
  ["operation", loadOperation],
  [
    "resourceType",
    (snapshot, key) => view(snapshot.catalog.resourceTypes.get(key), (row) => new ResourceTypeType(snapshot, row)),
  ],
  [
    "conditionKey",
    (snapshot, key) => view(snapshot.catalog.conditionKeys.get(key), (row) => new ConditionKeyType(snapshot, row)),
  ],
  ["account", loadAccount],
  ["user", (snapshot, key) => view(snapshot.users.get(key), (row) => new UserType(snapshot, row))],
  ["group", (snapshot, key) => view(snapshot.groups.get(key), (row) => new GroupType(snapshot, row))],
  ["role", (snapshot, key) => view(snapshot.roles.get(key), (row) => new RoleType(snapshot, row))],
  ["policy", (snapshot, key) => view(snapshot.policies.get(key), (row) => new PolicyType(snapshot, row))],
  ["version", loadVersion],
  ["statement", loadStatement],
  ["attachment", loadAttachment],
  ["external", loadOutsider],
  ["serviceprincipal", loadOutsider],
  ["source", (snapshot, key) => view(snapshot.sources.get(key), (row) => new SourceType(snapshot, row))],
  ["snapshot", (snapshot, key) => (key === snapshotKey(snapshot) ? new SnapshotType(snapshot) : undefined)],
]);

/** The object of a natural key as the snapshot has it; undefined when it has none. */
export function loadNode(snapshot: Snapshot, key: Key): NodeType | undefined {
  return LOADERS.get(key.slice(0, Math.max(0, key.indexOf(":"))))?.(snapshot, key);
}

function view<Row, Node>(row: Row | undefined, toNode: (row: Row) => Node): Node | undefined {
  return row === undefined ? undefined : toNode(row);
}

function loadOperation(snapshot: Snapshot, key: Key): NodeType | undefined {
  const [, , name = ""] = key.split(":");
  const rows = snapshot.catalog.operationsByName.get(name) ?? [];
  return rows.map((row) => new ApiOperationType(snapshot, row)).find((node) => node.key === key);
}

function loadAccount(snapshot: Snapshot, key: Key): NodeType | undefined {
  const id = key.slice("account:".length);
  return id === CATALOG_ACCOUNT || snapshot.accounts.has(id) ? new AccountType(snapshot, id) : undefined;
}

/** Outsiders are those whom some trust or bucket policy names. */
function loadOutsider(snapshot: Snapshot, key: Key): NodeType | undefined {
  const caller = outsiderOfKey(key);
  if (caller === undefined || outsiderKey(caller) !== key || !isNamed(snapshot, caller)) return undefined;
  return isExternal(caller) ? new ExternalPrincipalType(snapshot, caller) : new ServicePrincipalType(snapshot, caller);
}

function isNamed({ trusts, bucketPolicies }: Snapshot, caller: Caller): boolean {
  const grants = [...trusts.values(), ...[...bucketPolicies.values()].map((policy) => policy.grants)].flat();
  return grants.some(
    ({ statement: { principals } }) =>
      principals !== undefined &&
      principals !== "UNREADABLE" &&
      principals.some((pattern) => namesCaller(pattern, caller) === true),
  );
}

function loadVersion(snapshot: Snapshot, key: Key): NodeType | undefined {
  const compiled = snapshot.policies.get(partsOfVersionKey(key)?.policy ?? "");
  return compiled && versionsOf(snapshot, compiled).find((version) => version.key === key);
}

function loadStatement(snapshot: Snapshot, key: Key): NodeType | undefined {
  const [owner = "", pointer = ""] = partsOfKey(key) ?? [];
  const statement = statementAt(snapshot, owner, pointer);
  return statement?.key === key ? statement : undefined;
}

function loadAttachment(snapshot: Snapshot, key: Key): NodeType | undefined {
  const [, principal = ""] = partsOfKey(key) ?? [];
  const row = snapshot.attachmentsOfPrincipal.get(principal)?.find((each) => attachmentKey(each) === key);
  return view(row, (attachment) => new PolicyAttachmentType(snapshot, attachment));
}
