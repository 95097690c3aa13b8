import { type Random, randomFrom } from "./random.js";
import { ACTIONS_PER_SERVICE, actionAt, SERVICES, TYPES } from "./vocabulary.js";

/** How large a world is. A fifth of the principals are roles, the others users; a tenth of the users are in groups. */
export interface WorldSize {
  readonly principals: number;
  readonly policies: number;
}

/** About 0.9 thousand, 52 thousand and a million attachments. */
export const SIZES: Readonly<Record<string, WorldSize>> = {
  S: { principals: 200, policies: 100 },
  M: { principals: 10_000, policies: 2_000 },
  L: { principals: 200_000, policies: 20_000 },
};

export const ACCOUNT = "1234567890123456";
export const ALIAS = "acme";

export interface WorldAttachment {
  readonly policy: number;
  readonly bearer: "user" | "group" | "role";
  readonly index: number;
  readonly resourceGroupId: string | undefined;
}

export const countsOf = ({ principals, policies }: WorldSize) => ({
  policies,
  users: Math.floor(principals * 0.8),
  roles: Math.floor(principals * 0.2),
  groups: Math.ceil(principals / 200),
  resourceGroups: Math.ceil(principals / 100),
});

export const isSystem = (policy: number): boolean => policy % 10 === 0;
export const policyName = (policy: number): string => `${isSystem(policy) ? "Aliyun" : ""}Policy${policy}`;
export const userName = (index: number): string => `user-${index}`;
export const roleName = (index: number): string => `Role-${index}`;
export const groupName = (index: number): string => `group-${index}`;
export const resourceGroupId = (index: number): string => `rg-${String(index).padStart(8, "0")}`;

/** The document of a policy as JSON text: one to four statements about one service each. */
export function documentOf(policy: number, seed: number): string {
  const random = randomFrom(seed * 7919 + policy);
  const Statement = Array.from({ length: 1 + random.below(4) }, () => statement(random));
  return JSON.stringify({ Version: "1", Statement });
}

function statement(random: Random): object {
  const service = random.pick(SERVICES);
  const Effect = random.chance(0.08) ? "Deny" : "Allow";
  const Condition = random.chance(0.15) ? { Condition: condition(random) } : {};
  return { Effect, ...actions(service, random), Resource: resource(service, random), ...Condition };
}

function actions(service: string, random: Random): object {
  const form = random.below(100);
  if (form < 30) return { Action: `${service}:*` };
  if (form < 60) return { Action: [`${service}:Describe*`, `${service}:List*`] };
  const list = Array.from({ length: 2 + random.below(12) }, () => actionAt(service, random.below(ACTIONS_PER_SERVICE)));
  return form < 95 ? { Action: [...new Set(list)] } : { NotAction: [...new Set(list)] };
}

function resource(service: string, random: Random): string | readonly string[] {
  const form = random.below(10);
  if (form < 5) return "*";
  const type = random.pick(TYPES);
  if (form < 8) return `acs:${service}:*:*:${type}/*`;
  return [`acs:${service}:cn-hangzhou:${ACCOUNT}:${type}/i-${random.below(100_000)}`];
}

function condition(random: Random): object {
  return random.pick<object>([
    { StringEquals: { "acs:ResourceTag/team": [`team-${random.below(50)}`] } },
    { IpAddress: { "acs:SourceIp": [`10.${random.below(256)}.0.0/16`] } },
    { StringEquals: { "ram:ServiceName": ["ecs.aliyuncs.com"] } },
    { Bool: { "acs:MFAPresent": ["true"] } },
  ]);
}

/** Groups of one user of every ten: two to eight. */
export function* memberships(
  size: WorldSize,
  seed: number,
): Generator<{ readonly user: number; readonly group: number }> {
  const { users, groups } = countsOf(size);
  const random = randomFrom(seed + 1);
  for (let user = 0; user < users; user += 10) {
    const joined = new Set(Array.from({ length: 2 + random.below(7) }, () => random.below(groups)));
    for (const group of joined) yield { user, group };
  }
}

/** Three to eight policies for every user, role and group, few of them popular; one in twenty within a resource group. */
export function* attachments(size: WorldSize, seed: number): Generator<WorldAttachment> {
  const { users, roles, groups, policies, resourceGroups } = countsOf(size);
  const random = randomFrom(seed + 2);
  for (const [bearer, count] of [
    ["user", users],
    ["role", roles],
    ["group", groups],
  ] as const) {
    for (let index = 0; index < count; index++) {
      const borne = new Set(
        Array.from({ length: 3 + random.below(5 + random.below(2)) }, () => popular(random, policies)),
      );
      for (const policy of borne) {
        const scope = random.chance(0.05) ? resourceGroupId(random.below(resourceGroups)) : undefined;
        yield { policy, bearer, index, resourceGroupId: scope };
      }
    }
  }
}

function popular(random: Random, policies: number): number {
  return Math.floor((random.below(2 ** 20) / 2 ** 20) ** 1.3 * policies);
}
