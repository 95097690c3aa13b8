/** How an operation divides a long list, in the words of its own parameters. */
export type Paging = "MARKER" | "PAGE_NUMBER" | "NEXT_TOKEN";

/** An operation that is called to collect an account; every one of them only reads. */
export interface Call {
  readonly product: Product;
  readonly operation: string;
  readonly paging?: Paging;
  /** The most rows that the API gives on a page. */
  readonly pageSize?: number;
  /** What the rows of the list are called in the report. */
  readonly counts?: string;
  /** RAM actions that permit the call; none where the API asks for none. */
  readonly actions: readonly string[];
}

/** Versions of the APIs, which are those of the SDK packages. */
export const VERSIONS = {
  ims: "2019-08-15",
  ram: "2015-05-01",
  resourcemanager: "2020-03-31",
  sts: "2015-04-01",
  tag: "2018-08-28",
} as const;

export type Product = keyof typeof VERSIONS;

const numbered = { paging: "PAGE_NUMBER", pageSize: 100 } as const;

/** Every call, by the name that its file begins with. `ram:` actions guard some operations of other products. */
export const CALLS = {
  "sts.GetCallerIdentity": { ...call("sts", "GetCallerIdentity"), actions: [] },
  "ims.GetDefaultDomain": { ...call("ims", "GetDefaultDomain"), actions: ["ram:GetDefaultDomain"] },
  "ram.ListUsers": { ...call("ram", "ListUsers"), ...marked(1000), counts: "users" },
  "ram.ListGroups": { ...call("ram", "ListGroups"), ...marked(100), counts: "groups" },
  "ram.ListUsersForGroup": { ...call("ram", "ListUsersForGroup"), ...marked(1000), counts: "memberships" },
  "ram.ListRoles": { ...call("ram", "ListRoles"), ...marked(1000), counts: "roles" },
  "ram.GetRole": { ...call("ram", "GetRole"), counts: "trust policies" },
  "ram.ListPolicies": { ...call("ram", "ListPolicies"), ...marked(1000) },
  "ram.GetPolicy": { ...call("ram", "GetPolicy"), counts: "policies" },
  "ram.ListPolicyVersions": call("ram", "ListPolicyVersions"),
  "ram.GetPolicyVersion": { ...call("ram", "GetPolicyVersion"), counts: "older policy versions" },
  "ram.ListPoliciesForUser": call("ram", "ListPoliciesForUser"),
  "ram.ListPoliciesForGroup": call("ram", "ListPoliciesForGroup"),
  "ram.ListPoliciesForRole": call("ram", "ListPoliciesForRole"),
  "ram.ListEntitiesForPolicy": call("ram", "ListEntitiesForPolicy"),
  "resourcemanager.ListRoles": { ...call("resourcemanager", "ListRoles"), ...numbered, actions: ["ram:ListRoles"] },
  "resourcemanager.ListPolicyAttachments": {
    ...call("resourcemanager", "ListPolicyAttachments"),
    ...numbered,
    counts: "attachments",
    actions: ["ram:ListPolicyAttachments"],
  },
  "resourcemanager.ListResourceGroups": {
    ...call("resourcemanager", "ListResourceGroups"),
    ...numbered,
    counts: "resource groups",
    // Pages of the operation write the first, policies of the cloud's own services grant the second.
    actions: ["ram:ListResourceGroups", "resourcemanager:ListResourceGroups"],
  },
  // It needs no permission of its own: it lists what the caller may see.
  "resourcemanager.ListResources": {
    ...call("resourcemanager", "ListResources"),
    ...numbered,
    counts: "resources in groups",
    actions: [],
  },
  "resourcemanager.ListResourceGroupCapability": {
    ...call("resourcemanager", "ListResourceGroupCapability"),
    actions: [],
  },
  "resourcemanager.GetResourceDirectory": call("resourcemanager", "GetResourceDirectory"),
  "resourcemanager.ListFoldersForParent": {
    ...call("resourcemanager", "ListFoldersForParent"),
    ...numbered,
    counts: "folders",
  },
  "resourcemanager.ListAccountsForParent": {
    ...call("resourcemanager", "ListAccountsForParent"),
    ...numbered,
    counts: "member accounts",
  },
  "resourcemanager.ListControlPolicies": { ...call("resourcemanager", "ListControlPolicies"), ...numbered },
  "resourcemanager.GetControlPolicy": { ...call("resourcemanager", "GetControlPolicy"), counts: "control policies" },
  "resourcemanager.ListControlPolicyAttachmentsForTarget": call(
    "resourcemanager",
    "ListControlPolicyAttachmentsForTarget",
  ),
  "tag.ListTagResources": {
    ...call("tag", "ListTagResources"),
    paging: "NEXT_TOKEN",
    pageSize: 1000,
    counts: "tags",
  },
} as const satisfies Readonly<Record<string, Call>>;

export type CallName = keyof typeof CALLS;

/** The actions of all calls, each once, in byte order: what the smallest policy allows. */
export function listActions(): readonly string[] {
  return [...new Set(Object.values<Call>(CALLS).flatMap(({ actions }) => actions))].sort();
}

/** Most actions bear the name of their operation. */
function call(product: Product, operation: string): Call {
  return { product, operation, actions: [`${product}:${operation}`] };
}

function marked(pageSize: number): Pick<Call, "paging" | "pageSize"> {
  return { paging: "MARKER", pageSize };
}
