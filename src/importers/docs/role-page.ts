import { type AttributedBlocks, attributeBlocks } from "./attribute-blocks.js";
import { withoutReferences } from "./clean-text.js";
import { type CreationPolicies, findCreationPolicies } from "./creation-policies.js";
import type { PageParts } from "./page-parts.js";
import { isServicePrincipal } from "./policy-blocks.js";
import { outlineRoles, type RoleOutline } from "./role-outline.js";
import { type RoleProperty, readRoleProperties } from "./role-properties.js";
import type { Column } from "./table-words.js";

/** What a page says of its roles, found once and looked up for each. */
export interface RolePage {
  readonly parts: PageParts;
  readonly outline: RoleOutline;
  readonly blocks: AttributedBlocks;
  readonly creation: CreationPolicies;
  /** Service principals by role. */
  readonly principals: ReadonlyMap<string, string>;
  /** Roles whose principal only a permission for users names. */
  readonly weakPrincipals: ReadonlySet<string>;
  readonly stated: (role: string, column: Column) => string | undefined;
}

export function readRolePage(parts: PageParts): RolePage {
  const outline = outlineRoles(parts);
  const properties = readRoleProperties(parts, outline);
  const inTables = statedPrincipals(properties);
  const blocks = attributeBlocks(parts, outline, inTables);
  const creation = findCreationPolicies(parts.blocks);
  const strong = new Map([...inTables, ...blocks.principals]);
  const weak = weakPrincipals(parts, outline, creation, strong);
  const values = firstValues(properties);
  return {
    parts,
    outline,
    blocks,
    creation,
    principals: new Map([...strong, ...weak]),
    weakPrincipals: new Set(weak.keys()),
    stated: (role, column) => values.get(`${role} ${column}`),
  };
}

function statedPrincipals(properties: readonly RoleProperty[]): Map<string, string> {
  const named = properties.filter(({ column, value }) => column === "serviceName" && isServicePrincipal(value));
  return new Map(named.map(({ role, value }) => [role, value]));
}

/** Where neither the role's document nor a table names the principal, the permission to create the role may. */
function weakPrincipals(
  parts: PageParts,
  outline: RoleOutline,
  { all }: CreationPolicies,
  strong: ReadonlyMap<string, string>,
): Map<string, string> {
  const taken = new Set(strong.values());
  const weak = new Map<string, string>();
  for (const { block, principals } of all) {
    const role = outline.roleAt(block.start) ?? outline.roleAt(parts.page.text.length);
    const [principal, ...others] = principals.filter((value) => isServicePrincipal(value) && !taken.has(value));
    if (role === undefined || principal === undefined || others.length > 0) continue;
    if (!strong.has(role) && !weak.has(role)) weak.set(role, principal);
  }
  return weak;
}

function firstValues(properties: readonly RoleProperty[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { role, column, value } of properties) {
    const text = value.split("\n").map(withoutReferences).filter(Boolean).join("\n");
    if (text !== "" && !values.has(`${role} ${column}`)) values.set(`${role} ${column}`, text);
  }
  return values;
}
