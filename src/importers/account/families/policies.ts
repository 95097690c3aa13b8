import {
  type Row,
  readFlag,
  readInstant,
  readList,
  readName,
  readObject,
  readOptionalName,
  readText,
  whereOf,
} from "../row.js";
import type { Said, SaidPolicy } from "../said.js";

/** `ram.ListPolicies`: names and default versions, no documents. */
export function readPolicies(response: Row): readonly Said[] {
  return readList(response, "Policies", "Policy").map(readPolicy);
}

/** `ram.GetPolicy`: a policy with the document of its default version. */
export function readOnePolicy(response: Row): readonly Said[] {
  const policy = readPolicy(readObject(response, "Policy"));
  if (!response.fields.has("DefaultPolicyVersion")) return [policy];
  const version = readVersion(readObject(response, "DefaultPolicyVersion"), [policy.policyType, policy.name]);
  return [policy, { ...version, isDefault: true }];
}

/** `ram.ListPolicyVersions.[<type>.]<policy>`. */
export function readVersions(response: Row, rest: readonly string[]): readonly Said[] {
  return readList(response, "PolicyVersions", "PolicyVersion").map((row) => readVersion(row, rest));
}

/** `ram.GetPolicyVersion.[<type>.]<policy>`. */
export function readOneVersion(response: Row, rest: readonly string[]): readonly Said[] {
  return [readVersion(readObject(response, "PolicyVersion"), rest)];
}

export function readPolicy(row: Row): SaidPolicy {
  return {
    kind: "policy",
    policyType: readName(row, "PolicyType"),
    name: readName(row, "PolicyName"),
    description: readText(row, "Description"),
    defaultVersion: readOptionalName(row, "DefaultVersion"),
    where: whereOf(row),
  };
}

/** These responses do not repeat the policy, so the file name gives it, with its type before it where need be. */
function readVersion(row: Row, rest: readonly string[]): Extract<Said, { kind: "version" }> {
  const [first = "", second] = rest;
  const hasType = second !== undefined && (first === "System" || first === "Custom");
  return {
    kind: "version",
    policyType: hasType ? first : undefined,
    policyName: hasType ? second : first,
    versionId: readName(row, "VersionId"),
    isDefault: readFlag(row, "IsDefaultVersion"),
    documentText: readText(row, "PolicyDocument"),
    createdAt: readInstant(row, "CreateDate"),
    where: whereOf(row),
  };
}
