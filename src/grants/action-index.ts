import type { Key } from "../inventory/keys.js";
import { serviceOfAction } from "../policy/action-pattern.js";
import type { Statement } from "../policy/document.js";
import { hasWildcard, matchesWildcard } from "../policy/wildcard.js";
import type { CompiledPolicy } from "./compiled-policy.js";

/** Finds the policies that may say something about an action. It may name too many, it never misses one. */
export interface ActionIndex {
  /** Keys of policies with a statement that may cover the action (lower case). */
  readonly candidates: (action: string) => ReadonlySet<Key>;
  /** Present in an index that was updated: the one that was built, and the policies that it does not speak for. */
  readonly below?: { readonly index: ActionIndex; readonly outdated: ReadonlySet<Key> };
}

interface Entries {
  readonly exact: Map<string, Set<Key>>;
  readonly patterns: { readonly pattern: string; readonly policy: Key }[];
}

/**
 * Indexes policies by the actions they name: exact names by look-up, wildcards by the service they stand in, and what
 * excludes actions or cannot be read for every action.
 */
export function indexActions(policies: Iterable<CompiledPolicy>): ActionIndex {
  const byService = new Map<string, Entries>();
  const always = new Set<Key>();
  for (const { key, document } of policies) {
    for (const statement of document.statements) {
      const patterns = indexablePatterns(statement);
      if (patterns === undefined) always.add(key);
      else for (const pattern of patterns) add(byService, always, pattern, key);
    }
  }
  return { candidates: (action) => find(byService, always, action) };
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
  return {
    below: { index: built, outdated },
    candidates: (action) => {
      const found = new Set(built.candidates(action));
      for (const key of outdated) found.delete(key);
      for (const key of own.candidates(action)) found.add(key);
      return found;
    },
  };
}

function indexablePatterns({ actions }: Statement): readonly string[] | undefined {
  return actions === "UNREADABLE" || actions.isNegated ? undefined : actions.patterns.map(({ folded }) => folded);
}

function add(byService: Map<string, Entries>, always: Set<Key>, pattern: string, policy: Key): void {
  const service = serviceOfAction(pattern);
  if (hasWildcard(service)) {
    always.add(policy);
    return;
  }
  const entries: Entries = byService.get(service) ?? { exact: new Map(), patterns: [] };
  byService.set(service, entries);
  if (hasWildcard(pattern)) {
    entries.patterns.push({ pattern, policy });
    return;
  }
  const policies = entries.exact.get(pattern);
  if (policies === undefined) entries.exact.set(pattern, new Set([policy]));
  else policies.add(policy);
}

function find(byService: Map<string, Entries>, always: ReadonlySet<Key>, action: string): ReadonlySet<Key> {
  const found = new Set(always);
  const entries = byService.get(serviceOfAction(action));
  if (entries === undefined) return found;
  for (const policy of entries.exact.get(action) ?? []) found.add(policy);
  for (const { pattern, policy } of entries.patterns) if (matchesWildcard(pattern, action)) found.add(policy);
  return found;
}
