import type { PageLine } from "./page.js";
import type { PageParts } from "./page-parts.js";
import { onlyRoleIn, roleMentions } from "./role-names.js";
import { lastIndexUpTo } from "./sorted.js";

/** Which role each part of a page speaks of. */
export interface RoleOutline {
  /** All roles that the page names, in its order. */
  readonly names: readonly string[];
  /** The role that the nearest line before an offset names; the page's only role where none does. */
  readonly roleAt: (offset: number) => string | undefined;
  /** The line that names the role for an offset. */
  readonly namingLine: (offset: number) => PageLine | undefined;
}

interface Naming {
  readonly at: number;
  readonly role: string;
  readonly line: PageLine;
}

export function outlineRoles(parts: PageParts): RoleOutline {
  const namings = parts.prose.flatMap((line): Naming[] => {
    const role = onlyRoleIn(line.text);
    return role === undefined ? [] : [{ at: line.start, role, line }];
  });
  const names = namesOn(parts);
  const before = (offset: number): Naming | undefined => lastBefore(namings, offset);
  const soleRole = names.length === 1 ? names[0] : undefined;
  return {
    names,
    roleAt: (offset) => before(offset)?.role ?? soleRole,
    namingLine: (offset) => before(offset)?.line,
  };
}

function namesOn(parts: PageParts): string[] {
  const texts = [
    ...parts.prose.map(({ text }) => text),
    ...parts.tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)),
  ];
  return [...new Set(texts.flatMap((text) => roleMentions(text).map(({ role }) => role)))];
}

function lastBefore(namings: readonly Naming[], offset: number): Naming | undefined {
  return namings[lastIndexUpTo(namings.length, (index) => namings[index]?.at ?? 0, offset)];
}
