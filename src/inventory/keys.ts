import { asciiLower } from "../policy/ascii.js";

/**
 * Natural keys: one text for each fact, equal exactly when the fact is the same. Kind, then the account where there is
 * one, then the name; no part but the last can hold a colon, so two facts never share a key. RAM compares names without
 * regard to letter case (`AliyunServiceRoleForX` has the ARN `…:role/aliyunserviceroleforx`), hence the lower case.
 */
export type Key = string;

/** The pseudo-account of roles as the cloud's documentation describes them. */
export const CATALOG_ACCOUNT = "catalog";

export const accountKey = (accountId: string): Key => `account:${accountId}`;
export const userKey = (accountId: string, name: string): Key => `user:${accountId}:${asciiLower(name)}`;
export const groupKey = (accountId: string, name: string): Key => `group:${accountId}:${asciiLower(name)}`;
export const roleKey = (accountId: string, name: string): Key => `role:${accountId}:${asciiLower(name)}`;
/** The account of a user, group or role, by its key. */
export const accountOfPrincipal = (principal: Key): string => principal.split(":", 2)[1] ?? "";
export const serviceKey = (code: string): Key => `service:${asciiLower(code)}`;
export const actionKey = (name: string): Key => `action:${asciiLower(name)}`;
export const conditionKeyKey = (name: string): Key => `conditionKey:${asciiLower(name)}`;
export const resourceTypeKey = (service: string, name: string): Key =>
  `resourceType:${asciiLower(service)}:${asciiLower(name)}`;
/** One API operation paired with one action that it needs; an operation's name cannot hold a colon. */
export const operationKey = (service: string, name: string, action: string): Key =>
  `operation:${asciiLower(service)}:${asciiLower(name)}:${asciiLower(action)}`;
/** System and service-linked policies belong to the cloud, so their account part is empty. */
export const policyKey = (type: PolicyTypeKey, accountId: string | undefined, name: string): Key =>
  `policy:${type}:${accountId ?? ""}:${asciiLower(name)}`;
export const policyVersionKey = (policy: Key, versionId: string): Key => `version:${versionId}:${policy}`;
export const sourceKey = (kind: string, uri: string): Key => `source:${kind}:${uri}`;

export type PolicyTypeKey = "SYSTEM" | "CUSTOM" | "SERVICE_LINKED" | "CONTROL";
