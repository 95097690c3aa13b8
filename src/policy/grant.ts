import type { Statement } from "./document.js";
import type { StatementGist } from "./statement-gist.js";

/** Named as RAM's own DecodeDiagnosticMessage names them. */
export type PolicyLayer =
  | "CONTROL_POLICY"
  | "SESSION_POLICY"
  | "ACCOUNT_LEVEL_IDENTITY_POLICY"
  | "RESOURCE_GROUP_LEVEL_IDENTITY_POLICY"
  | "RESOURCE_POLICY"
  | "ASSUME_ROLE_POLICY"
  | "CROSS_ACCOUNT";

/** A statement as it reaches a principal: by which policy, at which scope. */
export interface Grant {
  readonly statement: Statement;
  readonly layer: PolicyLayer;
  /** Key of the policy that the statement stands in. */
  readonly policy: string;
  /** Present when the policy reaches the principal only within a resource group; another text leaves open how far it reaches. */
  readonly resourceGroupId?: string;
  /** Of the statement, where it was worked out. */
  readonly gist?: StatementGist;
}
