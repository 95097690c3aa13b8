import type { Key } from "../inventory/keys.js";
import { serviceOfAction } from "../policy/action-pattern.js";
import type { Statement } from "../policy/document.js";
import { matchesText, type TextMatcher, textMatcher } from "../policy/prepared/text-matcher.js";
import { hasWildcard } from "../policy/wildcard.js";
import type { StatementEntry } from "./candidate.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import { groupBy } from "./group-by.js";
import { finish } from "./steps.js";

/** Finds what may say something about an action. It may name too many, it never misses one. */
export interface ActionIndex {
  /** Keys of policies with a statement that may cover the action (lower case). */
  readonly candidates: (action: string) => ReadonlySet<Key>;
  /** Statements of these that may cover the action, each once; less than these say nothing about it. */
  readonly statementsAbout: (action: string) => readonly StatementEntry[];
  /** Of these, those that are found for every action, */
  readonly everywhere: () => readonly StatementEntry[];
  /** those that name all actions of a service (lower case) as `service:*`, */
  readonly throughout: (service: string) => readonly StatementEntry[];
  /** and the others, which name the action. */
  readonly statementsNaming: (action: string) => readonly StatementEntry[];
  /** Present in an index that was updated: the one that was built, and the policies that it does not speak for. */
  readonly below?: { readonly index: ActionIndex; readonly outdated: ReadonlySet<Key> };
}

/** What names actions of one service. */
interface Entries {
  /** Statements that name all of them; other names of theirs in the service say nothing more. */
  readonly whole: StatementEntry[];
  readonly exact: Map<string, StatementEntry[]>;
  readonly patterns: PatternEntry[];
}

/** The names with wildcards of one statement. */
interface PatternEntry {
  readonly entry: StatementEntry;
  readonly patterns: readonly TextMatcher[];
  /** Names without wildcards in the same service: an action that is one of them is found by it. */
  readonly exact: readonly string[];
}

/**
 * Indexes policies by the actions they name: exact names by look-up, wildcards by the service they stand in, and what
 * excludes actions or cannot be read for every action.
 */
export function indexActions(policies: Iterable<CompiledPolicy>): ActionIndex {
  return finish(indexActionsInSteps(policies));
}

/** How many policies are indexed before others get their turn. */
const STEP = 200;

/** The same step by step. */
export function* indexActionsInSteps(policies: Iterable<CompiledPolicy>): Generator<undefined, ActionIndex, undefined> {
  const byService = new Map<string, Entries>();
  const always: StatementEntry[] = [];
  let indexed = 0;
  for (const policy of policies) {
    if (++indexed % STEP === 0) yield undefined;
    for (const [place, statement] of policy.document.statements.entries()) {
      const names = indexableNames(statement);
      const entry: StatementEntry = { policy, place, isNamed: names !== undefined, candidate: undefined };
      if (names === undefined) always.push(entry);
      else addNames(byService, names, entry);
    }
  }
  return indexOf({
    everywhere: () => always,
    throughout: (service) => byService.get(service)?.whole ?? [],
    statementsNaming: (action) => find(byService, action),
  });
}

/** What gives the entries that may cover an action. */
type Lists = Pick<ActionIndex, "everywhere" | "throughout" | "statementsNaming">;

function indexOf(given: Lists, below?: ActionIndex["below"]): ActionIndex {
  const { everywhere, throughout, statementsNaming } = given;
  const statementsAbout = (action: string) => [
    ...everywhere(),
    ...throughout(serviceOfAction(action)),
    ...statementsNaming(action),
  ];
  const candidates = (action: string) => new Set(statementsAbout(action).map(({ policy }) => policy.key));
  const lists = { statementsAbout, everywhere, throughout, statementsNaming, candidates };
  return below === undefined ? lists : { ...lists, below };
}

/** When this share of the policies has changed, indexing all of them anew costs less than asking two indexes. */
const REBUILT_FROM = 1 / 4;
const MIN_REBUILT = 64;

/**
 * The index of changed policies. What was built is shared: an index of the changed ones answers beside it.
 * @param policies all of them, as they are now
 * @param changed keys of those that are new, otherwise than before, or gone
 */
export function updateActionIndex(
  index: ActionIndex,
  policies: ReadonlyMap<Key, CompiledPolicy>,
  changed: readonly Key[],
): ActionIndex {
  if (changed.length === 0) return index;
  const built = index.below?.index ?? index;
  const outdated = new Set([...(index.below?.outdated ?? []), ...changed]);
  if (outdated.size > Math.max(MIN_REBUILT, policies.size * REBUILT_FROM)) return indexActions(policies.values());
  const own = indexActions([...outdated].flatMap((key) => policies.get(key) ?? []));
  const isCurrent = ({ policy }: StatementEntry) => !outdated.has(policy.key);
  let everywhere: readonly StatementEntry[] | undefined;
  const lists: Lists = {
    everywhere: () => {
      everywhere ??= [...built.everywhere().filter(isCurrent), ...own.everywhere()];
      return everywhere;
    },
    throughout: (service) => [...built.throughout(service).filter(isCurrent), ...own.throughout(service)],
    statementsNaming: (action) => [
      ...built.statementsNaming(action).filter(isCurrent),
      ...own.statementsNaming(action),
    ],
  };
  return indexOf(lists, { index: built, outdated });
}

/** Undefined where the statement has to be looked at for every action. */
function indexableNames({ actions }: Statement): readonly string[] | undefined {
  if (actions === "UNREADABLE" || actions.isNegated) return undefined;
  const names = actions.patterns.map(({ folded }) => folded);
  return names.some((name) => hasWildcard(serviceOfAction(name))) ? undefined : [...new Set(names)];
}

function addNames(byService: Map<string, Entries>, names: readonly string[], entry: StatementEntry): void {
  for (const [service, own] of groupBy(names, serviceOfAction)) {
    const entries: Entries = byService.get(service) ?? { whole: [], exact: new Map(), patterns: [] };
    byService.set(service, entries);
    if (own.includes(`${service}:*`)) entries.whole.push(entry);
    else addOwnNames(entries, own, entry);
  }
}

/** @param names all that a statement has in one service */
function addOwnNames(entries: Entries, names: readonly string[], entry: StatementEntry): void {
  const exact = names.filter((name) => !hasWildcard(name));
  for (const name of exact) addExact(entries, name, entry);
  if (exact.length === names.length) return;
  entries.patterns.push({ entry, patterns: names.filter(hasWildcard).map(textMatcher), exact });
}

function addExact({ exact }: Entries, name: string, entry: StatementEntry): void {
  const known = exact.get(name);
  if (known === undefined) exact.set(name, [entry]);
  else known.push(entry);
}

function find(byService: ReadonlyMap<string, Entries>, action: string): readonly StatementEntry[] {
  const entries = byService.get(serviceOfAction(action));
  if (entries === undefined) return [];
  const found = [...(entries.exact.get(action) ?? [])];
  for (const { entry, patterns, exact } of entries.patterns) {
    if (!exact.includes(action) && matchesAny(patterns, action)) found.push(entry);
  }
  return found;
}

function matchesAny(patterns: readonly TextMatcher[], action: string): boolean {
  for (let at = 0; at < patterns.length; at++) {
    const pattern = patterns[at];
    if (pattern !== undefined && matchesText(pattern, action)) return true;
  }
  return false;
}
