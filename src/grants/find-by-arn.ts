import { CATALOG_ACCOUNT, groupKey, type Key, policyKey, roleKey, userKey } from "../inventory/keys.js";
import { splitArn } from "../policy/arn.js";
import { asciiLower } from "../policy/ascii.js";
import type { Snapshot } from "./snapshot.js";

/**
 * Finds a user, group, role or policy by its ARN. Region and letter case do not matter, as RAM's own answers differ in
 * both; `acs:ram::*:role/X` is the role as the documentation describes it. Undefined when nobody has the ARN.
 */
export function findByArn(snapshot: Snapshot, arn: string): Key | undefined {
  const segments = splitArn(arn);
  if (segments === undefined || segments[1] !== "ram" || segments[2] !== "*") return undefined;
  const [, kind = "", name = ""] = /^(user|group|role|policy)\/(.+)$/is.exec(segments[4]) ?? [];
  return keysOf(kind.toLowerCase(), segments[3], name).find((key) => isKnown(snapshot, key));
}

/** The key that the ARN of a user or role spells out, written as RAM writes them; undefined for other texts, which may name one as well. */
export function keyInPlainArn(arn: string): Key | undefined {
  if (!arn.startsWith(PLAIN)) return undefined;
  const end = arn.indexOf(":", PLAIN.length);
  const account = arn.slice(PLAIN.length, Math.max(end, PLAIN.length));
  if (account === "" || account === "*") return undefined;
  const name = end + ":user/".length;
  if (arn.startsWith("user/", end + 1)) return userKey(asciiLower(account), arn.slice(name));
  return arn.startsWith("role/", end + 1) ? roleKey(asciiLower(account), arn.slice(name)) : undefined;
}

const PLAIN = "acs:ram::";

/** The facts that may bear the ARN, the likeliest first. */
function keysOf(kind: string, account: string, name: string): readonly Key[] {
  switch (kind) {
    case "user":
      return [userKey(account, name)];
    case "group":
      return [groupKey(account, name)];
    case "role":
      return [roleKey(account === "*" ? CATALOG_ACCOUNT : account, name)];
    case "policy":
      return account === "system"
        ? [policyKey("SYSTEM", undefined, name), policyKey("SERVICE_LINKED", undefined, name)]
        : [policyKey("CUSTOM", account, name), policyKey("CONTROL", account, name)];
    default:
      return [];
  }
}

function isKnown({ users, groups, roles, policies }: Snapshot, key: Key): boolean {
  return users.has(key) || groups.has(key) || roles.has(key) || policies.has(key);
}
