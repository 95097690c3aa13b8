import type { GapReason } from "../../inventory/source.js";
import { readEntities, readPoliciesFor, readPolicyAttachments } from "./families/attachments.js";
import { readCallerIdentity, readDefaultDomain } from "./families/caller.js";
import { readGroups, readMembers, readUsers } from "./families/identities.js";
import { readOnePolicy, readOneVersion, readPolicies, readVersions } from "./families/policies.js";
import { readOneRole, readRoles } from "./families/roles.js";
import type { Reader } from "./said.js";

/** An API operation whose responses an export may hold. */
export interface ExportOperation {
  /** What the file name must say because the response does not. */
  readonly arguments: readonly string[];
  /** Absent where the responses are known but not read yet. */
  readonly read?: Reader;
  /** What an answer must be told when a response is missing, cut or an error. */
  readonly gap: GapReason;
}

const ACCOUNT = "ACCOUNT_NOT_IMPORTED";
const DOCUMENT = "POLICY_DOCUMENT_MISSING";
const CONTROL = "CONTROL_POLICIES_NOT_IMPORTED";
const GROUP = "RESOURCE_GROUP_UNKNOWN";

/** All files that an export may hold, by `<product>.<Operation>`. */
export const OPERATIONS: ReadonlyMap<string, ExportOperation> = new Map([
  row("sts.GetCallerIdentity", [], ACCOUNT, readCallerIdentity),
  row("ims.GetDefaultDomain", [], ACCOUNT, readDefaultDomain),
  row("ram.ListUsers", [], ACCOUNT, readUsers),
  row("ram.ListGroups", [], ACCOUNT, readGroups),
  row("ram.ListUsersForGroup", ["group"], ACCOUNT, readMembers),
  row("ram.ListRoles", [], ACCOUNT, readRoles),
  row("ram.GetRole", [], ACCOUNT, readOneRole),
  row("resourcemanager.ListRoles", [], ACCOUNT, readRoles),
  row("resourcemanager.GetRole", [], ACCOUNT, readOneRole),
  row("ram.ListPolicies", [], ACCOUNT, readPolicies),
  row("ram.GetPolicy", [], DOCUMENT, readOnePolicy),
  row("ram.ListPolicyVersions", ["policy"], DOCUMENT, readVersions),
  row("ram.GetPolicyVersion", ["policy"], DOCUMENT, readOneVersion),
  row("ram.ListPoliciesForUser", ["user"], ACCOUNT, readPoliciesFor("user")),
  row("ram.ListPoliciesForRole", ["role"], ACCOUNT, readPoliciesFor("role")),
  row("ram.ListPoliciesForGroup", ["group"], ACCOUNT, readPoliciesFor("group")),
  row("ram.ListEntitiesForPolicy", ["type", "policy"], ACCOUNT, readEntities),
  row("resourcemanager.ListPolicyAttachments", [], ACCOUNT, readPolicyAttachments),
  row("resourcemanager.ListResourceGroups", [], GROUP),
  row("resourcemanager.ListResources", [], GROUP),
  row("resourcemanager.ListResourceGroupCapability", [], GROUP),
  row("resourcemanager.GetControlPolicy", [], CONTROL),
  row("resourcemanager.ListControlPolicyAttachmentsForTarget", ["target"], CONTROL),
  row("resourcemanager.ListFoldersForParent", ["parent"], CONTROL),
  row("resourcemanager.ListAccountsForParent", ["parent"], CONTROL),
  row("resourcemanager.GetResourceDirectory", [], CONTROL),
  row("tag.ListTagResources", [], ACCOUNT),
  row("oss.GetBucketPolicy", ["bucket"], "RESOURCE_POLICIES_NOT_IMPORTED"),
]);

function row(
  name: string,
  names: readonly string[],
  gap: GapReason,
  read?: Reader,
): readonly [string, ExportOperation] {
  return [name, { arguments: names, gap, ...(read === undefined ? {} : { read }) }];
}
