const NAME = /(?<![A-Za-z0-9])AliyunServiceRole(Policy)?For([A-Z0-9][A-Za-z0-9]*(?:_[A-Za-z0-9]+)?)/g;

export interface RoleMention {
  /** Name of the role, also where the text names the role's policy. */
  readonly role: string;
  /** The policy's name, where the text gives it. */
  readonly policy?: string;
}

/** Service-linked roles and their policies that a text names, in its order. `XXX` and the like are no names. */
export function roleMentions(text: string): RoleMention[] {
  if (!text.includes("AliyunServiceRole")) return [];
  return [...text.matchAll(NAME)]
    .filter(([, , suffix]) => !/^(?:X{2,}|Xxx)/.test(suffix ?? ""))
    .map(([name, isPolicy, suffix]) => ({
      role: `AliyunServiceRoleFor${suffix ?? ""}`,
      ...(isPolicy === undefined ? {} : { policy: name }),
    }));
}

/** The only role that a text names; undefined when it names none or several. */
export function onlyRoleIn(text: string): string | undefined {
  const names = new Set(roleMentions(text).map(({ role }) => role));
  return names.size === 1 ? [...names][0] : undefined;
}

export function policyNameOf(role: string): string {
  return role.replace(/^AliyunServiceRoleFor/, "AliyunServiceRolePolicyFor");
}
