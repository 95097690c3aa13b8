import { type Key, policyKey } from "./keys.js";
import type { Policy } from "./policy.js";

/** The natural key of a policy. */
export function keyOfPolicy({ type, accountId, name }: Policy): Key {
  return policyKey(type, accountId, name);
}
