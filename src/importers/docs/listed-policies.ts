import type { SystemPolicyFact } from "../../inventory/batch.js";
import { withoutReferences } from "./clean-text.js";
import type { Table } from "./page-tables.js";
import { policyMentions, warnsOfRisk } from "./policy-names.js";

const ENTRY = /^(?:[-•]\s{0,5})?([A-Za-z][A-Za-z0-9]{2,127})\s?[:：]\s?(\S.*)$/;

/** A policy with what it grants, as an entry of a list: its name, a colon, and words. */
export function listedPolicy(line: string): SystemPolicyFact[] {
  const [, name = "", words = ""] = ENTRY.exec(line) ?? [];
  const description = withoutReferences(words);
  if (policyMentions(name)[0] !== name || description === "") return [];
  return [{ name, isHighRisk: warnsOfRisk(description), description }];
}

/** Tables by service hold such lists in the cells of their policies. */
export function listedInTable({ columns, rows }: Table): SystemPolicyFact[] {
  const at = columns.indexOf("policy");
  if (at < 0 || columns.includes("role")) return [];
  const lines = rows.flatMap(({ cells }) => (cells[at] ?? "").split("\n"));
  return lines.flatMap((line) => listedPolicy(line.trim()));
}
