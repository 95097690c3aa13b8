import type { Key } from "../inventory/keys.js";
import { policyKey } from "../inventory/keys.js";
import type { Policy, PolicyVersion } from "../inventory/policy.js";
import type { PolicyDocument } from "../policy/document.js";
import type { Finding } from "../policy/finding.js";
import type { Grant } from "../policy/grant.js";
import { unreadableStatement } from "../policy/parse/read-statement.js";
import { parsePolicy } from "../policy/parse-policy.js";
import { gistOf } from "../policy/statement-gist.js";

/** A policy with its default version read. */
export interface CompiledPolicy {
  readonly key: Key;
  readonly policy: Policy;
  readonly defaultVersion?: PolicyVersion;
  readonly document: PolicyDocument;
  readonly findings: readonly Finding[];
  /** Its statements as they reach a principal at account scope. */
  readonly grants: readonly Grant[];
}

/**
 * Reads the default version. A policy whose document is not known gets one statement of which nothing is known, so that
 * every answer it could touch is UNDETERMINED instead of a silent no.
 */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const key = policyKey(policy.type, policy.accountId, policy.name);
  const defaultVersion = policy.versions.find((version) => version.isDefault);
  const text = defaultVersion?.documentText;
  const isControl = policy.type === "CONTROL";
  const { value: document, findings } =
    text === undefined ? missingDocument(policy) : parsePolicy(text, isControl ? "CONTROL" : "IDENTITY");
  const layer = isControl ? "CONTROL_POLICY" : "ACCOUNT_LEVEL_IDENTITY_POLICY";
  const grants = document.statements.map((statement): Grant => {
    const gist = gistOf(statement);
    return gist === undefined ? { statement, layer, policy: key } : { statement, layer, policy: key, gist };
  });
  return { key, policy, document, findings, grants, ...(defaultVersion === undefined ? {} : { defaultVersion }) };
}

/** Statements of a policy at the scope of a resource group. */
export function scopedGrants(grants: readonly Grant[], resourceGroupId: string): readonly Grant[] {
  const layer = "RESOURCE_GROUP_LEVEL_IDENTITY_POLICY";
  return grants.map(({ statement, policy, gist }) => {
    return gist === undefined
      ? { statement, layer, policy, resourceGroupId }
      : { statement, layer, policy, gist, resourceGroupId };
  });
}

export const MISSING_DOCUMENT = "POLICY_DOCUMENT_MISSING";

/** The cloud's own control policy that allows everything; exports name it and need not bring its document. */
const FULL_ACCESS = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

function missingDocument({ type, name }: Policy): { value: PolicyDocument; findings: readonly Finding[] } {
  if (type === "CONTROL" && name === "FullAliyunAccess") return parsePolicy(FULL_ACCESS, "CONTROL");
  const statement = unreadableStatement("", { code: MISSING_DOCUMENT, pointer: "", text: "" });
  return { value: { type: "IDENTITY", statements: [statement] }, findings: [] };
}
