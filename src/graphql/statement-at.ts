import type { Snapshot } from "../grants/snapshot.js";
import type { Key } from "../inventory/keys.js";
import type { PolicyDocument } from "../policy/document.js";
import { parsePolicy } from "../policy/parse-policy.js";
import { partsOfVersionKey } from "./composite-keys.js";
import { PolicyStatementType } from "./policy-statement.type.js";

/**
 * Finds a statement by its place. Undefined when there is none.
 * @param owner key of a policy (its version in force), of one of its versions, or of a role (its trust policy)
 * @param pointer RFC 6901
 */
export function statementAt(snapshot: Snapshot, owner: Key, pointer: string): PolicyStatementType | undefined {
  const statement = documentOf(snapshot, owner)?.statements.find((each) => each.pointer === pointer);
  if (statement === undefined) return undefined;
  return snapshot.policies.has(owner)
    ? PolicyStatementType.ofDefaultVersion(snapshot, owner, statement)
    : new PolicyStatementType(snapshot, owner, statement);
}

function documentOf(snapshot: Snapshot, owner: Key): PolicyDocument | undefined {
  const trust = snapshot.roles.get(owner)?.trustPolicy;
  if (trust !== undefined) return parsePolicy(trust, "TRUST").value;
  const { policy = owner, versionId } = partsOfVersionKey(owner) ?? {};
  const compiled = snapshot.policies.get(policy);
  if (compiled === undefined || versionId === undefined) return compiled?.document;
  const version = compiled.policy.versions.find((each) => each.versionId === versionId);
  if (version?.isDefault) return compiled.document;
  return version?.documentText === undefined ? undefined : parsePolicy(version.documentText, "IDENTITY").value;
}
