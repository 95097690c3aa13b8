import type { GapReason } from "../../inventory/source.js";
import type { JsonProblem } from "../../policy/json/json-node.js";
import { readEntities, readPoliciesFor, readPolicyAttachments } from "./families/attachments.js";
import { forgivesBucketPolicy, readBucketPolicy } from "./families/bucket-policies.js";
import { readCallerIdentity, readDefaultDomain } from "./families/caller.js";
import { readControlAttachments, readControlPolicies, readOneControlPolicy } from "./families/control-policies.js";
import { readDirectoryMembers, readFolders, readResourceDirectory } from "./families/directories.js";
import { readGroups, readMembers, readUsers } from "./families/identities.js";
import { readOnePolicy, readOneVersion, readPolicies, readVersions } from "./families/policies.js";
import { readGroupCapabilities, readResourceGroups, readResources } from "./families/resource-groups.js";
import { readTagResources } from "./families/resource-tags.js";
import { readOneRole, readRoles } from "./families/roles.js";
import type { Reader } from "./said.js";

export type Turn = "CALLER" | "FACTS" | "ATTACHMENTS" | "ATTACHMENTS_WITHOUT_SCOPE";

/** An API operation whose responses an export may hold. */
export interface ExportOperation {
  /** What the file name must say because the response does not. */
  readonly arguments: readonly string[];
  readonly read: Reader;
  /** When its files are read: whoever bears something must be known before what he bears. */
  readonly turn: Turn;
  /** What an answer must be told when a response is missing, cut or an error. */
  readonly gap: GapReason;
  /** The error code that says that there is none, which is an answer like any other. */
  readonly noneCode?: string;
  /** Blemishes of the text that are left to whoever reads the policy in it. */
  readonly forgives?: (problem: JsonProblem) => boolean;
}

const ACCOUNT = "ACCOUNT_NOT_IMPORTED";
const DOCUMENT = "POLICY_DOCUMENT_MISSING";
const CONTROL = "CONTROL_POLICIES_NOT_IMPORTED";
const GROUP = "RESOURCE_GROUP_UNKNOWN";
const UNSCOPED = { turn: "ATTACHMENTS_WITHOUT_SCOPE" } as const;

/** All files that an export may hold, by `<product>.<Operation>`. */
export const OPERATIONS: ReadonlyMap<string, ExportOperation> = new Map([
  row("sts.GetCallerIdentity", [], ACCOUNT, readCallerIdentity, { turn: "CALLER" }),
  row("ims.GetDefaultDomain", [], ACCOUNT, readDefaultDomain, { turn: "CALLER" }),
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
  row("ram.ListPoliciesForUser", ["user"], ACCOUNT, readPoliciesFor("user"), UNSCOPED),
  row("ram.ListPoliciesForRole", ["role"], ACCOUNT, readPoliciesFor("role"), UNSCOPED),
  row("ram.ListPoliciesForGroup", ["group"], ACCOUNT, readPoliciesFor("group"), UNSCOPED),
  row("ram.ListEntitiesForPolicy", ["type", "policy"], ACCOUNT, readEntities, UNSCOPED),
  row("resourcemanager.ListPolicyAttachments", [], ACCOUNT, readPolicyAttachments, { turn: "ATTACHMENTS" }),
  row("resourcemanager.ListResourceGroups", [], GROUP, readResourceGroups),
  row("resourcemanager.ListResources", [], GROUP, readResources),
  row("resourcemanager.ListResourceGroupCapability", [], GROUP, readGroupCapabilities),
  row("resourcemanager.GetControlPolicy", [], CONTROL, readOneControlPolicy),
  row("resourcemanager.ListControlPolicies", [], CONTROL, readControlPolicies),
  row("resourcemanager.ListControlPolicyAttachmentsForTarget", ["target"], CONTROL, readControlAttachments),
  row("resourcemanager.ListFoldersForParent", ["parent"], CONTROL, readFolders),
  row("resourcemanager.ListAccountsForParent", ["parent"], CONTROL, readDirectoryMembers),
  row("resourcemanager.GetResourceDirectory", [], CONTROL, readResourceDirectory, {
    noneCode: "ResourceDirectoryNotInUse",
  }),
  row("tag.ListTagResources", [], ACCOUNT, readTagResources),
  row("oss.GetBucketPolicy", ["bucket"], "RESOURCE_POLICIES_NOT_IMPORTED", readBucketPolicy, {
    noneCode: "NoSuchBucketPolicy",
    forgives: forgivesBucketPolicy,
  }),
]);

function row(
  name: string,
  names: readonly string[],
  gap: GapReason,
  read: Reader,
  more: Partial<Pick<ExportOperation, "noneCode" | "forgives" | "turn">> = {},
): readonly [string, ExportOperation] {
  return [name, { arguments: names, gap, read, turn: "FACTS", ...more }];
}
