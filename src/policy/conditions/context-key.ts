import { asciiLower } from "../ascii.js";

/**
 * One spelling for each condition key: letter case is ignored up to the first `/` (the documentation itself writes
 * `acs:PrincipalARN` and `acs:PrincipalArn`); what follows is a tag key, which keeps its case.
 */
export function foldContextKey(key: string): string {
  const slash = key.indexOf("/");
  return slash === -1 ? asciiLower(key) : asciiLower(key.slice(0, slash)) + key.slice(slash);
}
