import type { PageLine } from "./page.js";
import type { PageParts } from "./page-parts.js";
import { onlyRoleIn, roleMentions } from "./role-names.js";
import { lastIndexUpTo } from "./sorted.js";

/** Which role each part of a page speaks of. */
export interface RoleOutline {
  /** All roles that the page names, in its order. */
  readonly names: readonly string[];
  /** How sentences and headings name a role; absent for a role that only tables name. */
  readonly traces: ReadonlyMap<string, RoleTrace>;
  /** The role that the nearest line before an offset names; the page's only role where none does. */
  readonly roleAt: (offset: number) => string | undefined;
  /** Start of the line that names the role for an offset. */
  readonly namedAt: (offset: number) => number | undefined;
}

export interface RoleTrace {
  readonly first: PageLine;
  readonly heading?: PageLine;
  /** False where only the name of the role's policy stands. */
  readonly hasOwnName: boolean;
  /** The policy's name, where it stands. */
  readonly policy?: string;
}

interface Naming {
  readonly at: number;
  readonly role: string;
}

export function outlineRoles(parts: PageParts): RoleOutline {
  const namings = parts.prose.flatMap((line): Naming[] => {
    const role = onlyRoleIn(line.text);
    return role === undefined ? [] : [{ at: line.start, role }];
  });
  const traces = traceRoles(parts.prose);
  const names = [...new Set([...traces.keys(), ...namesInTables(parts)])];
  const soleRole = names.length === 1 ? names[0] : undefined;
  const before = (offset: number): Naming | undefined =>
    namings[lastIndexUpTo(namings.length, (index) => namings[index]?.at ?? 0, offset)];
  return {
    names,
    traces,
    roleAt: (offset) => before(offset)?.role ?? soleRole,
    namedAt: (offset) => before(offset)?.at,
  };
}

function traceRoles(prose: readonly PageLine[]): ReadonlyMap<string, RoleTrace> {
  const traces = new Map<string, RoleTrace>();
  for (const line of prose) {
    for (const { role, policy } of roleMentions(line.text)) {
      const before = traces.get(role) ?? { first: line, hasOwnName: false };
      traces.set(role, {
        ...before,
        hasOwnName: before.hasOwnName || policy === undefined,
        ...(line.isHeading && before.heading === undefined ? { heading: line } : {}),
        ...(policy === undefined ? {} : { policy }),
      });
    }
  }
  return traces;
}

function namesInTables({ tables }: PageParts): string[] {
  const cells = tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  return cells.flatMap((cell) => roleMentions(cell).map(({ role }) => role));
}
