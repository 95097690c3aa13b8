import { CATALOG_ACCOUNT } from "../inventory/keys.js";
import type { Policy } from "../inventory/policy.js";

/** ARN of a user, group or role. A role of the catalog stands for that role in any account, hence `*`. */
export function principalArn(kind: "user" | "group" | "role", accountId: string, name: string): string {
  return `acs:ram::${accountId === CATALOG_ACCOUNT ? "*" : accountId}:${kind}/${name}`;
}

/** ARN of a policy. Policies of the cloud carry the account `system`. */
export function policyArn({ accountId, name }: Policy): string {
  return `acs:ram::${accountId ?? "system"}:policy/${name}`;
}
