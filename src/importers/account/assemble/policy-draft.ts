import { sortByKey } from "../../../inventory/byte-order.js";
import { type Key, policyKey } from "../../../inventory/keys.js";
import { isLinkedPolicyName } from "../../../inventory/linked-policy-name.js";
import type { Policy, PolicyType, PolicyVersion } from "../../../inventory/policy.js";
import { Refused } from "../refusal.js";
import type { SaidVersion } from "../said.js";

/** A policy while the responses that speak of it are being joined. */
export interface PolicyDraft {
  readonly type: PolicyType;
  readonly name: string;
  description?: string | undefined;
  /** As the lists give it; the responses that bring documents go before them. */
  defaultVersion?: string | undefined;
  readonly versions: Map<string, SaidVersion>;
}

/** The type by the API's word for it; undefined for a word that is not known. */
export function policyTypeOf(policyType: string, name: string): PolicyType | undefined {
  if (policyType === "Custom") return "CUSTOM";
  if (policyType !== "System") return undefined;
  return isLinkedPolicyName(name) ? "SERVICE_LINKED" : "SYSTEM";
}

/** Custom policies belong to the account, the others to the cloud. */
export function keyInAccount(type: PolicyType, name: string, accountId: string): Key {
  return policyKey(type, type === "CUSTOM" ? accountId : undefined, name);
}

export function addVersion(draft: PolicyDraft, said: SaidVersion): void {
  const known = draft.versions.get(said.versionId);
  const texts = [known?.documentText, said.documentText].filter((text) => text !== undefined);
  if (texts.length === 2 && texts[0] !== texts[1]) {
    const problem = `version \`${said.versionId}\` of policy \`${draft.name}\` has another document than in \`${known?.where.file ?? ""}\``;
    throw new Refused("EXPORT_CONTRADICTS_ITSELF", said.where, problem, "remove the older of the two files");
  }
  draft.versions.set(said.versionId, {
    ...said,
    isDefault: known?.isDefault === true ? true : said.isDefault,
    documentText: texts[0],
    createdAt: known?.createdAt ?? said.createdAt,
  });
}

/** @throws Refused when two versions are called the default one */
export function toPolicy(draft: PolicyDraft, accountId: string): Policy {
  const standard = findDefault(draft);
  const versions = [...draft.versions.values()].map((said) => toVersion(said, said.versionId === standard));
  if (standard !== undefined && !draft.versions.has(standard)) versions.push({ versionId: standard, isDefault: true });
  return {
    type: draft.type,
    ...(draft.type === "CUSTOM" ? { accountId } : {}),
    name: draft.name,
    ...(draft.description === undefined ? {} : { description: draft.description }),
    isHighRisk: false,
    versions: sortByKey(versions, ({ versionId }) => versionId),
  };
}

function findDefault(draft: PolicyDraft): string | undefined {
  const [first, second] = [...draft.versions.values()].filter(({ isDefault }) => isDefault === true);
  if (first !== undefined && second !== undefined) {
    const problem = `policy \`${draft.name}\` has two default versions, \`${first.versionId}\` (${first.where.file}) and \`${second.versionId}\``;
    throw new Refused("EXPORT_CONTRADICTS_ITSELF", second.where, problem, "remove the older of the two files");
  }
  return first?.versionId ?? draft.defaultVersion;
}

function toVersion({ versionId, documentText, createdAt }: SaidVersion, isDefault: boolean): PolicyVersion {
  return {
    versionId,
    isDefault,
    ...(documentText === undefined ? {} : { documentText }),
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}
