import { serviceOfAction } from "../policy/action-pattern.js";
import { compareBytes, sortByKey } from "./byte-order.js";
import type { AccessLevel, Action, Operation } from "./catalog.js";
import { inferAccessLevel } from "./infer-access-level.js";
import { actionKey, type Key } from "./keys.js";
import type { SourceFinding } from "./source.js";
import type { Stated } from "./stated.js";

/** An action's name without wildcards: `service:Name`. */
function isExactAction(name: string): boolean {
  return /^[^\s:*?]+:[^\s:*?]+$/.test(name);
}

export interface MergedActions {
  readonly actions: readonly Action[];
  readonly findings: readonly SourceFinding[];
  /** The one spelling of an action that the catalog uses. */
  readonly spell: (name: string) => string;
}

/**
 * Every action that any page names. An action is documented when an authorization page has a row for it; its levels then
 * are those of its rows. Of several spellings the documented one holds, else the first by the order of sources.
 * @param operations settled rows, their actions trimmed
 * @param mentions names of all pages, in any order, wildcards allowed
 */
export function mergeActions(operations: readonly Operation[], mentions: readonly Stated<string>[]): MergedActions {
  const levels = new Map<Key, Set<AccessLevel>>();
  const spellings = new Map<Key, string>();
  for (const { action, accessLevel } of operations) {
    const key = actionKey(action);
    levels.set(key, (levels.get(key) ?? new Set()).add(accessLevel));
    if (!spellings.has(key)) spellings.set(key, action);
  }
  const exact = mentions.filter(({ fact }) => isExactAction(fact));
  const findings = findMisspelt(exact, spellings);
  for (const { fact } of bySource(exact)) if (!spellings.has(actionKey(fact))) spellings.set(actionKey(fact), fact);
  const actions = [...spellings].map(([key, name]) => toAction(name, levels.get(key)));
  return {
    actions: sortByKey(actions, ({ name }) => actionKey(name)),
    findings,
    spell: (name) => spellings.get(actionKey(name)) ?? name,
  };
}

function bySource(mentions: readonly Stated<string>[]): readonly Stated<string>[] {
  return [...mentions].sort((a, b) => compareBytes(a.source.key, b.source.key));
}

function toAction(name: string, levels: ReadonlySet<AccessLevel> | undefined): Action {
  return {
    name,
    service: serviceOfAction(name),
    accessLevels: levels === undefined ? [inferAccessLevel(name)] : [...levels].sort(compareBytes),
    isDocumented: levels !== undefined,
  };
}

/** RAM ignores the letter case, so another spelling is harmless; it is worth a word only beside a documented one. */
function findMisspelt(
  mentions: readonly Stated<string>[],
  documented: ReadonlyMap<Key, string>,
): readonly SourceFinding[] {
  const findings = new Map<string, SourceFinding>();
  for (const { source, fact } of mentions) {
    const name = documented.get(actionKey(fact));
    if (name === undefined || name === fact) continue;
    findings.set(`${source.key} ${fact}`, {
      code: "ACTION_SPELT_DIFFERENTLY",
      severity: "SUGGESTION",
      message: `action \`${fact}\` on \`${source.title}\` is documented as \`${name}\``,
      suggestion: name,
      sourceKey: source.key,
      subject: actionKey(name),
    });
  }
  return [...findings.values()];
}
