import type { BatchFinding } from "../../inventory/batch.js";
import { noteLine, type PageLine } from "./page.js";

export interface MendedLines {
  readonly lines: readonly PageLine[];
  readonly findings: readonly BatchFinding[];
}

/** A letter typed twice in front, and a blank where emphasis covers a part of the name: `**AliyunServiceRoleFor** Acme`. */
const WRITTEN = /(?<![A-Za-z0-9])A?(AliyunServiceRole(?:Policy)?For)(\s*)([A-Z0-9][A-Za-z0-9]*)/g;

/**
 * Mends names of roles that a line of prose does not spell as RAM does. Only a name that the page also spells whole is
 * joined: two words that happen to stand side by side are left alone.
 */
export function mendRoleNames(lines: readonly PageLine[], pageText: string): MendedLines {
  const findings: BatchFinding[] = [];
  const mended = lines.map((line) => {
    const text = line.text.replace(WRITTEN, (written, start: string, gap: string, end: string) => {
      const name = `${start}${end}`;
      if (written === name || (gap !== "" && !isSpeltWhole(name, pageText))) return written;
      const message = `a role's name is misspelt: \`${written}\` was read as \`${name}\``;
      findings.push(noteLine(line, "ROLE_NAME_MISSPELT", "WARNING", message));
      return name;
    });
    return text === line.text ? line : { ...line, text };
  });
  return { lines: mended, findings };
}

function isSpeltWhole(name: string, pageText: string): boolean {
  const at = pageText.indexOf(name);
  return at >= 0 && !/^\w/.test(pageText.slice(at + name.length, at + name.length + 1));
}
