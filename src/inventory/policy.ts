import type { PolicyTypeKey } from "./keys.js";

export type PolicyType = PolicyTypeKey;

export interface Policy {
  readonly type: PolicyType;
  /** Only custom and control policies belong to an account. */
  readonly accountId?: string;
  readonly name: string;
  readonly description?: string;
  /** The provider warns against attaching it without need. */
  readonly isHighRisk: boolean;
  /** RAM code of the product whose page lists the policy. Absent for policies that no page lists. */
  readonly service?: string;
  readonly versions: readonly PolicyVersion[];
  /** Key of the source that states the policy; filled when read from the store. */
  readonly sourceKey?: string;
}

export interface PolicyVersion {
  /** e.g. `v1`. */
  readonly versionId: string;
  readonly isDefault: boolean;
  /** Byte for byte as imported. Absent when only the version's name is known. */
  readonly documentText?: string;
  /** RFC 3339. */
  readonly createdAt?: string;
}
