import type { PageLine } from "./page.js";
import type { PageParts } from "./page-parts.js";
import type { RoleOutline } from "./role-outline.js";
import { speaksOfDeletion } from "./role-words.js";

const STEP = /^\d{1,2}[.)、]\s*(\S.*)$/;
const DELETES_ROLE = /^delete the\b.{0,100}\brole\b|^删除.{0,60}(?:角色|SLR)/i;
const PROCEDURE = /^(?:log (?:on|in)|登录|云账号登录)/i;

/**
 * What is to be done first, where a page numbers the steps of a deletion and the role's own is not the first of them. Steps
 * that only lead through the console are none.
 */
export function readDeletionSteps(parts: PageParts, outline: RoleOutline): ReadonlyMap<string, readonly string[]> {
  const steps = new Map<string, readonly string[]>();
  for (const section of sectionsOf(parts.prose)) {
    const role = outline.roleAt(section.at(-1)?.start ?? 0);
    const before = stepsBeforeDeletion(section);
    if (role !== undefined && before.length > 0 && !steps.has(role)) steps.set(role, before);
  }
  return steps;
}

/** Lines below each heading that speaks of deletion, up to the next heading. */
function sectionsOf(prose: readonly PageLine[]): PageLine[][] {
  const sections: PageLine[][] = [];
  let section: PageLine[] | undefined;
  for (const line of prose) {
    if (line.isHeading) {
      section = speaksOfDeletion(line.text) ? [] : undefined;
      if (section !== undefined) sections.push(section);
    } else section?.push(line);
  }
  return sections;
}

function stepsBeforeDeletion(lines: readonly PageLine[]): string[] {
  const steps = lines.flatMap(({ text }) => STEP.exec(text)?.[1] ?? []);
  const own = steps.findIndex((step) => DELETES_ROLE.test(step));
  const before = steps.slice(0, Math.max(own, 0));
  return before.some((step) => PROCEDURE.test(step)) ? [] : before;
}
