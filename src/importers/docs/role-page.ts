import { codeInPrincipal } from "../../inventory/link-services.js";
import { type AttributedBlocks, attributeBlocks } from "./attribute-blocks.js";
import { withoutReferences } from "./clean-text.js";
import { type CreationPolicies, findCreationPolicies } from "./creation-policies.js";
import type { PageParts } from "./page-parts.js";
import { isServicePrincipal, type PolicyBlock } from "./policy-blocks.js";
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
  /** Principals that such a permission names, and nothing else on the page speaks for. */
  readonly doubtfulPrincipals: ReadonlyMap<string, DoubtfulPrincipal>;
  readonly stated: (role: string, column: Column) => string | undefined;
}

export interface DoubtfulPrincipal {
  readonly serviceName: string;
  readonly block: PolicyBlock;
}

export function readRolePage(parts: PageParts): RolePage {
  const outline = outlineRoles(parts);
  const properties = readRoleProperties(parts, outline);
  const inTables = statedPrincipals(properties);
  const blocks = attributeBlocks(parts, outline, inTables);
  const creation = findCreationPolicies(parts.blocks);
  const strong = new Map([...inTables, ...blocks.principals]);
  const { weak, doubtful } = weakPrincipals(parts, outline, creation, strong);
  const values = firstValues(properties);
  return {
    parts,
    outline,
    blocks,
    creation,
    principals: new Map([...strong, ...weak]),
    weakPrincipals: new Set(weak.keys()),
    doubtfulPrincipals: doubtful,
    stated: (role, column) => values.get(`${role} ${column}`),
  };
}

function statedPrincipals(properties: readonly RoleProperty[]): Map<string, string> {
  const named = properties.filter(({ column, value }) => column === "serviceName" && isServicePrincipal(value));
  return new Map(named.map(({ role, value }) => [role, value]));
}

/**
 * Where neither the role's document nor a table names the principal, the permission to create the role may. Such samples are
 * copied from page to page, so one counts only where the role's name or the page's words speak of the service as well.
 */
function weakPrincipals(
  parts: PageParts,
  outline: RoleOutline,
  { all }: CreationPolicies,
  strong: ReadonlyMap<string, string>,
) {
  const taken = new Set(strong.values());
  const weak = new Map<string, string>();
  const doubtful = new Map<string, DoubtfulPrincipal>();
  const isWord = wordFinder(parts);
  for (const { block, principals } of all) {
    const role = outline.roleAt(block.start) ?? outline.roleAt(parts.page.text.length);
    const [principal, ...others] = principals.filter((value) => isServicePrincipal(value) && !taken.has(value));
    if (role === undefined || principal === undefined || others.length > 0) continue;
    if (strong.has(role) || weak.has(role)) continue;
    const code = codeInPrincipal(principal);
    if (isWord(code) || isNamedAfter(role, code)) weak.set(role, principal);
    else doubtful.set(role, { serviceName: principal, block });
  }
  return { weak, doubtful };
}

/** Tells whether the words of the page, JSON left out, hold a service's code. */
function wordFinder({ prose, tables }: PageParts): (code: string) => boolean {
  let words: ReadonlySet<string> | undefined;
  return (code) => {
    const cells = tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
    words ??= new Set(
      [...prose.map(({ text }) => text), ...cells]
        .join(" ")
        .toLowerCase()
        .split(/[^a-z0-9-]+/),
    );
    return words.has(code);
  };
}

function isNamedAfter(role: string, code: string): boolean {
  return role
    .replace(/^AliyunServiceRoleFor/, "")
    .toLowerCase()
    .startsWith(code);
}

function firstValues(properties: readonly RoleProperty[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { role, column, value } of properties) {
    const text = value.split("\n").map(withoutReferences).filter(Boolean).join("\n");
    if (text !== "" && !values.has(`${role} ${column}`)) values.set(`${role} ${column}`, text);
  }
  return values;
}
