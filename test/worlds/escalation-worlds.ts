import type { World } from "./build-world.js";

export const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = "*",
  rest: object = {},
) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...rest,
});
export const deny = (Action: string | readonly string[], Resource: string | readonly string[] = "*") => ({
  Effect: "Deny",
  Action,
  Resource,
});
export const ADMIN_ARN = "acs:ram:*:system:policy/AdministratorAccess";
export const ADMIN = [allow("*")];
export const trust = (principal: object) => [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }];
export const OWN_ACCOUNT = { RAM: ["acs:ram::111:root"] };

/** So many users `u0`, `u1` and so on, who all hold the same. */
export function crowd(count: number, statements: readonly object[], rest: Partial<World> = {}): World {
  const users = Object.fromEntries(Array.from({ length: count }, (_, i) => [`u${i}`, ["P"]]));
  return { ...rest, policies: { P: statements, ...rest.policies }, users: { ...users, ...rest.users } };
}

/** A user alice with these statements beside the rest of a world. */
export function alice(statements: readonly object[], rest: Partial<World> = {}): World {
  return { ...rest, policies: { P: statements, ...rest.policies }, users: { alice: ["P"], ...rest.users } };
}

export const ROLE: Partial<World> = {
  policies: { Admin: ADMIN },
  roles: { boss: ["Admin"] },
  trusts: { boss: trust({ RAM: ["acs:ram::111:user/nobody"] }) },
};
export const trusting = (principal: object): Partial<World> => ({ ...ROLE, trusts: { boss: trust(principal) } });
export const ADMIN_USER: Partial<World> = { policies: { Admin: ADMIN }, users: { alice: ["P"], boss: ["Admin"] } };
export const group = (policies: readonly string[], members: readonly string[]): Partial<World> => ({
  policies: { Admin: ADMIN, Lock: [deny("oss:*")] },
  groups: { team: { members, policies } },
});
