import type { Where } from "./refusal.js";
import type { Row } from "./row.js";

/** One thing that a response says, before it is joined with what the others say. */
export type Said =
  | SaidCaller
  | SaidDomain
  | SaidUser
  | SaidGroup
  | SaidMember
  | SaidRole
  | SaidPolicy
  | SaidVersion
  | SaidAttachment
  | SaidDirectory
  | SaidFolder
  | SaidDirectoryMember
  | SaidControlPolicy
  | SaidControlAttachment
  | SaidResourceGroup
  | SaidResource
  | SaidGroupSupport
  | SaidTag
  | SaidBucketPolicy;

/** Whatever is said stands somewhere. */
export interface Placed {
  readonly where: Where;
}

export interface SaidCaller extends Placed {
  readonly kind: "caller";
  readonly accountId: string;
}

export interface SaidDomain extends Placed {
  readonly kind: "domain";
  readonly name: string;
}

export interface SaidUser extends Placed {
  readonly kind: "user";
  readonly name: string;
  readonly userId?: string | undefined;
}

export interface SaidGroup extends Placed {
  readonly kind: "group";
  readonly name: string;
}

export interface SaidMember extends Placed {
  readonly kind: "member";
  readonly group: string;
  readonly user: string;
}

export interface SaidRole extends Placed {
  readonly kind: "role";
  readonly name: string;
  readonly arn?: string | undefined;
  readonly roleId?: string | undefined;
  readonly description?: string | undefined;
  readonly trustPolicy?: string | undefined;
  readonly maxSessionDuration?: number | undefined;
  /** Only Resource Management's responses tell. */
  readonly isServiceLinked?: boolean | undefined;
}

export interface SaidPolicy extends Placed {
  readonly kind: "policy";
  /** As the API writes it: `System` or `Custom`. */
  readonly policyType: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly defaultVersion?: string | undefined;
}

export interface SaidVersion extends Placed {
  readonly kind: "version";
  /** Absent where neither the response nor the file name tells. */
  readonly policyType?: string | undefined;
  readonly policyName: string;
  readonly versionId: string;
  readonly isDefault?: boolean | undefined;
  readonly documentText?: string | undefined;
  readonly createdAt?: string | undefined;
}

export interface SaidAttachment extends Placed {
  readonly kind: "attachment";
  readonly policyType: string;
  readonly policyName: string;
  /** Absent for a kind that is not known. */
  readonly principalKind?: PrincipalKind | undefined;
  /** A bare name, or a login name with its domain where `hasDomain`. */
  readonly principalName: string;
  readonly hasDomain: boolean;
  /** As written: `rg-…` or an account id; absent in responses that do not tell the scope. */
  readonly scope?: string | undefined;
  readonly attachedAt?: string | undefined;
}

export interface SaidDirectory extends Placed {
  readonly kind: "directory";
  readonly id: string;
  readonly managementAccountId: string;
  readonly rootFolderId: string;
  /** As written: `Enabled`, `PendingEnable`, `Disabled` or `PendingDisable`. */
  readonly controlPolicyStatus?: string | undefined;
}

export interface SaidFolder extends Placed {
  readonly kind: "folder";
  readonly id: string;
  readonly parentId: string;
  readonly name: string;
}

export interface SaidDirectoryMember extends Placed {
  readonly kind: "directoryMember";
  readonly accountId: string;
  readonly folderId: string;
  readonly directoryId?: string | undefined;
}

/** A control policy; the rows of lists and attachments bring no document. */
export interface SaidControlPolicy extends Placed {
  readonly kind: "controlPolicy";
  /** e.g. `cp-SImPt8GCEwiq`. */
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
  /** As written: `RAM` or `All`. */
  readonly effectScope?: string | undefined;
  readonly documentText?: string | undefined;
  readonly updatedAt?: string | undefined;
}

export interface SaidControlAttachment extends Placed {
  readonly kind: "controlAttachment";
  readonly policyId: string;
  /** Id of a folder or of a member account. */
  readonly target: string;
  readonly effectScope?: string | undefined;
}

export interface SaidResourceGroup extends Placed {
  readonly kind: "resourceGroup";
  readonly id: string;
  readonly name: string;
  readonly accountId?: string | undefined;
}

export interface SaidResource extends Placed {
  readonly kind: "resource";
  readonly service: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly regionId?: string | undefined;
  readonly resourceGroupId: string;
}

/** A type of resource that can be in a group. */
export interface SaidGroupSupport extends Placed {
  readonly kind: "groupSupport";
  readonly service: string;
  readonly resourceType: string;
}

export interface SaidTag extends Placed {
  readonly kind: "tag";
  /** `acs:…`, without the `arn:` that the Tag API writes before it. */
  readonly arn: string;
  /** Owner as the ARN tells it; empty where it does not. */
  readonly owner: string;
  readonly key: string;
  readonly value: string;
}

export interface SaidBucketPolicy extends Placed {
  readonly kind: "bucketPolicy";
  readonly bucket: string;
  readonly documentText: string;
}

export type PrincipalKind = "user" | "group" | "role";

/** Reads one response. `rest` holds the parts of the file name behind the operation, arguments first. */
export type Reader = (response: Row, rest: readonly string[]) => readonly Said[];
