import type { Attachment } from "../inventory/attachment.js";
import type { Key } from "../inventory/keys.js";

/**
 * Keys of what has no natural key of its own. Their parts are written as a JSON list, so parts cannot run into each other.
 */
export function attachmentKey({ policy, principal, resourceGroupId }: Attachment): Key {
  return `attachment:${JSON.stringify([policy, principal, resourceGroupId ?? ""])}`;
}

/** @param owner key of the policy version that the statement stands in, or of the role whose trust policy it is part of */
export function statementKey(owner: Key, pointer: string): Key {
  return `statement:${JSON.stringify([owner, pointer])}`;
}

/** The texts that a composite key was made of; undefined when it was not made here. */
export function partsOfKey(key: Key): readonly string[] | undefined {
  try {
    const parts: unknown = JSON.parse(key.slice(key.indexOf(":") + 1));
    return Array.isArray(parts) && parts.every((part) => typeof part === "string") ? parts : undefined;
  } catch {
    return undefined;
  }
}

/** The policy and the version that a version's key names. */
export function partsOfVersionKey(key: Key): { readonly versionId: string; readonly policy: Key } | undefined {
  const found = /^version:([^:]*):(policy:.*)$/s.exec(key);
  return found === null ? undefined : { versionId: found[1] ?? "", policy: found[2] ?? "" };
}
