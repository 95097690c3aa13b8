import type { ServiceLinkedRoleFact } from "../../inventory/batch.js";
import type { PageParts } from "./page-parts.js";
import { memberOf, type PolicyBlock, stringsOf } from "./policy-blocks.js";
import { roleMentions } from "./role-names.js";
import type { RoleOutline } from "./role-outline.js";
import { lastIndexUpTo } from "./sorted.js";

type ServicePurpose = ServiceLinkedRoleFact["servicePurposes"][number];

const LISTED = /^[-•*]\s+(.{2,80}?)\s+(?:--|—|–)\s+(\S.*)$/;

/** Gives the purposes of one role; `statements` are the ones that stand bare on the page. */
export type ServicePurposesOf = (role: string, statements: readonly PolicyBlock[]) => ServicePurpose[];

/** What a role does in each service that it reaches: from tables and lists, else from headings above bare statements. */
export function readServicePurposes(parts: PageParts, outline: RoleOutline): ServicePurposesOf {
  const byRole = new Map<string, ServicePurpose[]>();
  for (const { at, purposes } of [...inTables(parts), ...inLists(parts)]) {
    const role = outline.roleAt(at);
    if (role === undefined) continue;
    const own = byRole.get(role) ?? [];
    for (const purpose of purposes) own.push(purpose);
    byRole.set(role, own);
  }
  return (role, statements) => byRole.get(role) ?? statements.flatMap((block) => fromHeading(parts, block));
}

interface PlacedPurposes {
  readonly at: number;
  readonly purposes: readonly ServicePurpose[];
}

function inTables({ tables }: PageParts): PlacedPurposes[] {
  return tables
    .filter(({ columns }) => columns.includes("service") && !columns.includes("role"))
    .map(({ columns, rows, line }) => {
      const label = columns.indexOf("service");
      const purpose = (["purpose", "description", "permissions"] as const)
        .map((column) => columns.indexOf(column))
        .find((at) => at >= 0);
      return { at: line.start, purposes: rows.flatMap(({ cells }) => purposeOf(cells[label], cells[purpose ?? -1])) };
    });
}

function inLists({ prose }: PageParts): PlacedPurposes[] {
  return prose.flatMap(({ text, start }) => {
    const [, label, purpose] = LISTED.exec(text) ?? [];
    return label === undefined ? [] : [{ at: start, purposes: purposeOf(label, purpose) }];
  });
}

function purposeOf(label: string | undefined, purpose: string | undefined): ServicePurpose[] {
  return label === undefined || label === "" || purpose === undefined || purpose === "" ? [] : [{ label, purpose }];
}

const PERMISSION_WORDS = /\b(?:access|permissions?|the|for|on|to|of)\b|访问权限|权限|的|访问/gi;

const AIM = /\bto [a-z]|\bpermissions? (?:on|for)\b|用于|访问|授予|获取/i;

/**
 * The heading right above a statement names the service; where a sentence stands in its place, the statement's actions do. Of
 * several statements in a row only the first stands below it.
 */
function fromHeading(parts: PageParts, block: PolicyBlock): ServicePurpose[] {
  const heading = lineAbove(parts, block);
  if (heading === undefined) return [];
  const label = heading.replace(PERMISSION_WORDS, " ").replace(/\s+/g, " ").trim();
  const isLabel =
    label !== "" && label.length <= 60 && roleMentions(heading).length === 0 && !/[.:：。,，]/.test(label);
  if (!isLabel && !AIM.test(heading)) return [];
  return purposeOf(isLabel ? label : codeOf(block), heading.replace(/[:：]$/, ""));
}

/** The words right above a block: nothing but blank lines and a fence in between. */
function lineAbove({ prose, page }: PageParts, block: PolicyBlock): string | undefined {
  const line = prose[lastIndexUpTo(prose.length, (index) => prose[index]?.start ?? 0, block.start)];
  if (line === undefined) return undefined;
  const between = page.text.slice(line.start + line.raw.length, block.start);
  return /^\s*(?:```\w*\s*)?$/.test(between) ? line.text.replace(/^[-•*]\s+/, "") : undefined;
}

function codeOf(block: PolicyBlock): string | undefined {
  const actions = block.statements.flatMap((statement) => stringsOf(memberOf(statement, "Action")));
  const codes = new Set(actions.map(({ value }) => value.split(":")[0]?.trim()));
  return codes.size === 1 ? [...codes][0] : undefined;
}
