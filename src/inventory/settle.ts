import { sortByKey } from "./byte-order.js";
import { canonicalJson } from "./canonical-json.js";
import type { Key } from "./keys.js";
import { isSamePage, type Source, type SourceFinding } from "./source.js";
import type { Stated } from "./stated.js";

/** The facts that hold, in the order of their keys, and a finding for every statement that did not prevail. */
export interface Settled<T> {
  readonly facts: readonly Stated<T>[];
  readonly findings: readonly SourceFinding[];
}

export interface SettleOptions<T> {
  readonly keyOf: (fact: T) => Key;
  /** How findings call the fact, e.g. ``role `X` ``. */
  readonly nameOf: (fact: T) => string;
  /** Fields as they are compared; default: as they are. */
  readonly meaningOf?: (fact: T) => object;
  /** The source that is kept is the first whose statement passes; default: the first of all. */
  readonly isEvidence?: (fact: T) => boolean;
}

/** Of several statements of one fact the first holds as a whole. Input: strongest first. */
export function settleWhole<T extends object>(stated: readonly Stated<T>[], options: SettleOptions<T>): Settled<T> {
  return settle(stated, options, (strong) => strong, false);
}

/**
 * Of several statements of one fact each field is taken from the first that states it: a page that only names a role
 * takes nothing away from the page that describes it. Absent, empty and false say nothing. Input: strongest first.
 */
export function settleFields<T extends object>(stated: readonly Stated<T>[], options: SettleOptions<T>): Settled<T> {
  return settle(stated, options, fillSilent, true);
}

function settle<T extends object>(
  stated: readonly Stated<T>[],
  options: SettleOptions<T>,
  join: (strong: T, weak: T) => T,
  maySilence: boolean,
): Settled<T> {
  const facts: Stated<T>[] = [];
  const findings: SourceFinding[] = [];
  for (const [key, group] of groupBy(stated, ({ fact }) => options.keyOf(fact))) {
    const fact = group.map((one) => one.fact).reduce(join);
    const evidence = group.find((one) => options.isEvidence?.(one.fact) ?? true) ?? group[0];
    if (evidence !== undefined) facts.push({ source: evidence.source, fact });
    findings.push(...findOverridden(key, group, options, maySilence));
  }
  return { facts: sortByKey(facts, ({ fact }) => options.keyOf(fact)), findings };
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => Key): ReadonlyMap<Key, [T, ...T[]]> {
  const groups = new Map<Key, [T, ...T[]]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

function fillSilent<T extends object>(strong: T, weak: T): T {
  const joined: T = { ...weak, ...strong };
  for (const field in weak) {
    if (isSilent(joined[field])) joined[field] = weak[field];
  }
  return joined;
}

function isSilent(value: unknown): boolean {
  return value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}

/** One finding for each statement and each page that it lost against, with the fields that differ. */
function findOverridden<T extends object>(
  subject: Key,
  group: readonly Stated<T>[],
  { nameOf, meaningOf = (fact) => fact }: SettleOptions<T>,
  maySilence: boolean,
): readonly SourceFinding[] {
  const statements = group.map(({ source, fact }) => ({ source, fact, fields: fieldsOf(meaningOf(fact), maySilence) }));
  return statements.flatMap((weak, position) => {
    const lost = new Map<(typeof statements)[number], string[]>();
    for (const [field, value] of weak.fields) {
      const holder = statements.slice(0, position).find(({ fields }) => fields.has(field));
      if (holder === undefined || holder.fields.get(field) === value || isReworded(holder, weak)) continue;
      lost.set(holder, [...(lost.get(holder) ?? []), field]);
    }
    return [...lost].map(([holder, fields]) => overridden(subject, nameOf(weak.fact), holder, weak, fields));
  });
}

/** The shipped catalog tells pages in its own words: it does not contradict the very page that it was taken from. */
function isReworded({ source: a }: { readonly source: Source }, { source: b }: { readonly source: Source }): boolean {
  return a.key !== b.key && isSamePage(a, b);
}

/** In an order of their own: facts that a database gives back bear their fields in another than those that were just read. */
function fieldsOf(fact: object, maySilence: boolean): ReadonlyMap<string, string> {
  const fields = Object.entries(fact).filter(([, value]) => value !== undefined && !(maySilence && isSilent(value)));
  return new Map(sortByKey(fields, ([field]) => field).map(([field, value]) => [field, canonicalJson(value)]));
}

function overridden(
  subject: Key,
  name: string,
  holder: { readonly source: Source },
  weak: { readonly source: Source },
  fields: readonly string[],
): SourceFinding {
  return {
    code: "FACT_OVERRIDDEN",
    severity: "WARNING",
    message: `${name} is stated ${describePages(holder.source, weak.source)} (${fields.join(", ")})`,
    sourceKey: weak.source.key,
    subject,
  };
}

/** Names both pages; pages that share a title by their addresses as well. */
function describePages(held: Source, weak: Source): string {
  if (held.key === weak.key) return `twice on \`${held.title}\`, and the first holds`;
  const nameOf = ({ title, uri, key }: Source): string =>
    held.title === weak.title ? `\`${title}\` (\`${uri ?? key}\`)` : `\`${title}\``;
  return `otherwise on ${nameOf(weak)} than on ${nameOf(held)}, which holds`;
}
