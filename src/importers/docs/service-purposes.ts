import type { ServiceLinkedRoleFact } from "../../inventory/batch.js";
import { lineIndexAt } from "./page.js";
import type { PageParts } from "./page-parts.js";
import { memberOf, type PolicyBlock, stringsOf } from "./policy-blocks.js";
import { roleMentions } from "./role-names.js";
import type { RoleOutline } from "./role-outline.js";

type ServicePurpose = ServiceLinkedRoleFact["servicePurposes"][number];

const LISTED = /^[-•*]\s+(.{2,80}?)\s+(?:--|—|–)\s+(\S.*)$/;

/** What a role does in each service that it reaches: from tables, from lists, from headings above bare statements. */
export function readServicePurposes(
  parts: PageParts,
  outline: RoleOutline,
  role: string,
  statements: readonly PolicyBlock[],
): ServicePurpose[] {
  const stated = [...fromTables(parts, outline, role), ...fromLists(parts, outline, role)];
  return stated.length > 0 ? stated : statements.flatMap((block) => fromHeading(parts, block));
}

function fromTables(parts: PageParts, outline: RoleOutline, role: string): ServicePurpose[] {
  return parts.tables
    .filter(
      ({ columns, line }) =>
        columns.includes("service") && !columns.includes("role") && outline.roleAt(line.start) === role,
    )
    .flatMap(({ columns, rows }) => {
      const label = columns.indexOf("service");
      const purpose = (["purpose", "description", "permissions"] as const)
        .map((column) => columns.indexOf(column))
        .find((at) => at >= 0);
      return rows.flatMap(({ cells }) => purposeOf(cells[label], cells[purpose ?? -1]));
    });
}

function purposeOf(label: string | undefined, purpose: string | undefined): ServicePurpose[] {
  return label === undefined || label === "" || purpose === undefined || purpose === "" ? [] : [{ label, purpose }];
}

function fromLists(parts: PageParts, outline: RoleOutline, role: string): ServicePurpose[] {
  return parts.prose
    .filter((line) => outline.roleAt(line.start) === role)
    .flatMap(({ text }) => {
      const [, label, purpose] = LISTED.exec(text) ?? [];
      return purposeOf(label, purpose);
    });
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
