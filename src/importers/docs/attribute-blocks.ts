import type { BatchFinding } from "../../inventory/batch.js";
import type { PageParts } from "./page-parts.js";
import { isCreationPolicy, ownServiceName, type PolicyBlock } from "./policy-blocks.js";
import type { RoleOutline } from "./role-outline.js";
import { lastIndexUpTo } from "./sorted.js";

export interface AttributedBlocks {
  readonly byRole: ReadonlyMap<string, readonly PolicyBlock[]>;
  readonly creation: readonly PolicyBlock[];
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
  const principals = new Map<string, string>();
  const findings: BatchFinding[] = [];
  const lastForUsers = usersLineFinder(parts);
  for (const block of parts.blocks.filter((one) => !isCreationPolicy(one))) {
    const role = outline.roleAt(block.start);
    const own = ownServiceName(block);
    const doubt =
      role === undefined
        ? "no role is named before it"
        : doubtAbout(role, own, block, outline, stated.get(role), lastForUsers);
    if (role === undefined || doubt !== undefined) {
      if (outline.names.length > 0) findings.push(unattributed(block, doubt ?? "", parts));
      continue;
    }
    byRole.set(role, [...(byRole.get(role) ?? []), block]);
    if (own !== undefined) principals.set(role, own);
  }
  return { byRole, principals, creation: parts.blocks.filter(isCreationPolicy), findings };
}

function doubtAbout(
  role: string,
  own: string | undefined,
  block: PolicyBlock,
  outline: RoleOutline,
  expected: string | undefined,
  lastForUsers: (offset: number) => number,
): string | undefined {
  if (own !== undefined) {
    return expected === undefined || expected === own
      ? undefined
      : `it names \`${own}\`, but the page gives role \`${role}\` the principal \`${expected}\``;
  }
  const from = outline.namingLine(block.start)?.start ?? block.start;
  return lastForUsers(block.start) > from ? "it may be meant for RAM users" : undefined;
}

/** Gives the start of the last line before an offset that speaks of users' own policies; -1 when there is none. */
function usersLineFinder(parts: PageParts): (offset: number) => number {
  const starts = parts.prose.filter(({ text }) => FOR_USERS.test(text)).map(({ start }) => start);
  return (offset) => starts[lastIndexUpTo(starts.length, (index) => starts[index] ?? 0, offset)] ?? -1;
}

function unattributed(block: PolicyBlock, doubt: string, parts: PageParts): BatchFinding {
  const message = `no role was given this ${block.kind}: ${doubt}`;
  return { code: "UNATTRIBUTED_POLICY", severity: "WARNING", message, ...parts.page.placeOf(block.start) };
}
