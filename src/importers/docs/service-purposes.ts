import type { ServiceLinkedRoleFact } from "../../inventory/batch.js";
import { lineIndexAt } from "./page.js";
import type { PageParts } from "./page-parts.js";
import { memberOf, type PolicyBlock, stringsOf } from "./policy-blocks.js";
import { roleMentions } from "./role-names.js";
import type { RoleOutline } from "./role-outline.js";

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

/** The heading right above a statement names the service; where it does not, the statement's actions do. */
function fromHeading(parts: PageParts, block: PolicyBlock): ServicePurpose[] {
  const above = lineIndexAt(parts.page.lines, block.start);
  const heading = parts.page.lines.slice(Math.max(0, above - 6), above).findLast(({ text }) => text !== "")?.text ?? "";
  const label = heading.replace(PERMISSION_WORDS, " ").replace(/\s+/g, " ").trim();
  const isLabel =
    label !== "" && label.length <= 60 && roleMentions(heading).length === 0 && !/[.:：。,，]/.test(label);
  return purposeOf(isLabel ? label : codeOf(block), heading.replace(/[:：]$/, ""));
}

function codeOf(block: PolicyBlock): string | undefined {
  const actions = block.statements.flatMap((statement) => stringsOf(memberOf(statement, "Action")));
  const codes = new Set(actions.map(({ value }) => value.split(":")[0]?.trim()));
  return codes.size === 1 ? [...codes][0] : undefined;
}
