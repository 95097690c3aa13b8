import type { PolicyLayer } from "../../policy/grant.js";

/** A denial as Alibaba Cloud's DecodeDiagnosticMessage describes it. */
export interface Denial {
  readonly action: string;
  /** As the cloud checked it; `*` where the action takes no resource. */
  readonly resource: string;
  readonly principal: DeniedPrincipal;
  /** Keys of the request with their values. */
  readonly conditions: readonly { readonly key: string; readonly values: readonly string[] }[];
  /** A Deny applied; else no Allow did. */
  readonly isExplicit: boolean;
  /** The kind of policies that said no; undefined where the message does not say, or says a kind unknown here. */
  readonly layer?: PolicyLayer;
  readonly matched: readonly MatchedPolicy[];
}

export interface DeniedPrincipal {
  /** `SubUser`, `AssumedRoleUser` or `Federated`. */
  readonly type: string;
  readonly accountId: string;
  /** A user's id, `role:session`, or an identity provider. */
  readonly displayName: string;
}

/** A policy that the cloud found to apply. */
export interface MatchedPolicy {
  /** Name of a RAM policy, id of a control policy. */
  readonly identifier: string;
  /** `System` or `Custom`. */
  readonly type: string;
  /** Only custom policies have versions. */
  readonly version?: string;
  /** `Allow` or `Deny`. */
  readonly effect: string;
  /** `RamUser`, `RamRole`, `RamGroup` or `ResourceDirectoryTarget`. */
  readonly attachedTo: string;
}

/** In the order in which RAM weighs them. */
export const LAYER_ORDER: readonly PolicyLayer[] = [
  "CONTROL_POLICY",
  "SESSION_POLICY",
  "ACCOUNT_LEVEL_IDENTITY_POLICY",
  "RESOURCE_GROUP_LEVEL_IDENTITY_POLICY",
  "RESOURCE_POLICY",
  "ASSUME_ROLE_POLICY",
  "CROSS_ACCOUNT",
];

/** Levels of identity policies: a request that neither allows is reported at the last one tried. */
export const IDENTITY_LEVELS: readonly PolicyLayer[] = [
  "ACCOUNT_LEVEL_IDENTITY_POLICY",
  "RESOURCE_GROUP_LEVEL_IDENTITY_POLICY",
];

/** Whether our own answer is that of the cloud: the same no by the same layer, another, or not settled. */
export type Agreement = "AGREES" | "DIFFERS" | "OPEN";
