import type { BatchFinding } from "../../inventory/batch.js";
import { isLinkedPolicyName } from "../../inventory/linked-policy-name.js";
import type { PageParts } from "./page-parts.js";
import { isCreationPolicy, ownServiceName, type PolicyBlock } from "./policy-blocks.js";
import type { RoleOutline } from "./role-outline.js";
import { lastIndexUpTo } from "./sorted.js";

export interface AttributedBlocks {
  readonly byRole: ReadonlyMap<string, readonly PolicyBlock[]>;
  readonly holders: ReadonlyMap<PolicyBlock, string>;
  /** Principals as the roles' own documents state them. */
  readonly principals: ReadonlyMap<string, string>;
  readonly findings: readonly BatchFinding[];
}

const FOR_USERS = /RAM users?\b|RAM ?用户|子账号|custom polic|自定义/i;

/**
 * Gives each policy to the role that the text before it names, and checks that against the principal that the policy
 * itself names. What could as well be a policy for users is left out: a role never gets a permission by guess.
 */
export function attributeBlocks(
  parts: PageParts,
  outline: RoleOutline,
  stated: ReadonlyMap<string, string>,
): AttributedBlocks {
  const byRole = new Map<string, PolicyBlock[]>();
  const holders = new Map<PolicyBlock, string>();
  const principals = new Map<string, string>();
  const findings: BatchFinding[] = [];
  const lastForUsers = usersLineFinder(parts);
  const others = new Set(parts.printed.filter(({ name }) => !isLinkedPolicyName(name)).map(({ block }) => block));
  for (const block of outline.names.length === 0 ? [] : parts.blocks) {
    if (isCreationPolicy(block) || others.has(block)) continue;
    const role = outline.roleAt(block.start);
    const own = ownServiceName(block);
    const isForUsers = lastForUsers(block.start) > (outline.namedAt(block.start) ?? block.start);
    const doubt = doubtAbout(role, own, principals.get(role ?? "") ?? stated.get(role ?? ""), isForUsers);
    if (role === undefined || doubt !== undefined) {
      findings.push(unattributed(block, doubt ?? "no role is named before it", parts));
      continue;
    }
    const blocks = byRole.get(role) ?? [];
    blocks.push(block);
    byRole.set(role, blocks);
    holders.set(block, role);
    if (own !== undefined) principals.set(role, own);
  }
  return { byRole, holders, principals, findings };
}

function doubtAbout(
  role: string | undefined,
  own: string | undefined,
  expected: string | undefined,
  isForUsers: boolean,
): string | undefined {
  if (role === undefined) return undefined;
  if (own === undefined) return isForUsers ? "it may be meant for RAM users" : undefined;
  if (expected === undefined || expected === own) return undefined;
  return `it names \`${own}\`, but the page gives role \`${role}\` the principal \`${expected}\``;
}

/** Gives the start of the last line or table row before an offset that speaks of users' own policies; -1 when there is none. */
function usersLineFinder({ prose, page }: PageParts): (offset: number) => number {
  const rows = page.lines.filter(({ cells }) => cells !== undefined);
  const starts = [...prose, ...rows]
    .filter(({ text }) => FOR_USERS.test(text))
    .map(({ start }) => start)
    .toSorted((one, other) => one - other);
  return (offset) => starts[lastIndexUpTo(starts.length, (index) => starts[index] ?? 0, offset)] ?? -1;
}

function unattributed(block: PolicyBlock, doubt: string, parts: PageParts): BatchFinding {
  const message = `no role was given this ${block.kind}: ${doubt}`;
  return { code: "UNATTRIBUTED_POLICY", severity: "WARNING", message, ...parts.page.placeOf(block.start) };
}
