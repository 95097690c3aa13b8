import type { Key } from "../inventory/keys.js";
import { serviceOfAction } from "../policy/action-pattern.js";
import type { Statement } from "../policy/document.js";
import { matchesText, type TextMatcher, textMatcher } from "../policy/prepared/text-matcher.js";
import { hasWildcard } from "../policy/wildcard.js";
import type { CompiledPolicy } from "./compiled-policy.js";

/** Finds the policies that may say something about an action. It may name too many, it never misses one. */
export interface ActionIndex {
  /** Keys of policies with a statement that may cover the action (lower case). */
  readonly candidates: (action: string) => ReadonlySet<Key>;
  /** The same policies themselves. */
  readonly policiesAbout: (action: string) => ReadonlySet<CompiledPolicy>;
  /** Present in an index that was updated: the one that was built, and the policies that it does not speak for. */
  readonly below?: { readonly index: ActionIndex; readonly outdated: ReadonlySet<Key> };
}

interface Entries {
  readonly exact: Map<string, Set<CompiledPolicy>>;
  readonly patterns: { readonly pattern: TextMatcher; readonly policy: CompiledPolicy }[];
}

/**
 * Indexes policies by the actions they name: exact names by look-up, wildcards by the service they stand in, and what
 * excludes actions or cannot be read for every action.
 */
export function indexActions(policies: Iterable<CompiledPolicy>): ActionIndex {
  const steps = indexActionsInSteps(policies);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** How many policies are indexed before others get their turn. */
const STEP = 200;

/** The same step by step. */
export function* indexActionsInSteps(policies: Iterable<CompiledPolicy>): Generator<undefined, ActionIndex, undefined> {
  const byService = new Map<string, Entries>();
  const always = new Set<CompiledPolicy>();
  let indexed = 0;
  for (const policy of policies) {
    if (++indexed % STEP === 0) yield undefined;
    for (const statement of policy.document.statements) {
      const patterns = indexablePatterns(statement);
      if (patterns === undefined) always.add(policy);
      else for (const pattern of patterns) add(byService, always, pattern, policy);
    }
  }
  const policiesAbout = (action: string) => find(byService, always, action);
  return { policiesAbout, candidates: (action) => keysOf(policiesAbout(action)) };
}

function keysOf(policies: Iterable<CompiledPolicy>): ReadonlySet<Key> {
  const keys = new Set<Key>();
  for (const { key } of policies) keys.add(key);
  return keys;
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
  const policiesAbout = (action: string) => {
    const found = new Set<CompiledPolicy>();
    for (const policy of built.policiesAbout(action)) if (!outdated.has(policy.key)) found.add(policy);
    for (const policy of own.policiesAbout(action)) found.add(policy);
    return found;
  };
  return { below: { index: built, outdated }, policiesAbout, candidates: (action) => keysOf(policiesAbout(action)) };
}

function indexablePatterns({ actions }: Statement): readonly string[] | undefined {
  return actions === "UNREADABLE" || actions.isNegated ? undefined : actions.patterns.map(({ folded }) => folded);
}

function add(
  byService: Map<string, Entries>,
  always: Set<CompiledPolicy>,
  pattern: string,
  policy: CompiledPolicy,
): void {
  const service = serviceOfAction(pattern);
  if (hasWildcard(service)) {
    always.add(policy);
    return;
  }
  const entries: Entries = byService.get(service) ?? { exact: new Map(), patterns: [] };
  byService.set(service, entries);
  if (hasWildcard(pattern)) {
    entries.patterns.push({ pattern: textMatcher(pattern), policy });
    return;
  }
  const policies = entries.exact.get(pattern);
  if (policies === undefined) entries.exact.set(pattern, new Set([policy]));
  else policies.add(policy);
}

function find(
  byService: Map<string, Entries>,
  always: ReadonlySet<CompiledPolicy>,
  action: string,
): ReadonlySet<CompiledPolicy> {
  const found = new Set(always);
  const entries = byService.get(serviceOfAction(action));
  if (entries === undefined) return found;
  for (const policy of entries.exact.get(action) ?? []) found.add(policy);
  for (const { pattern, policy } of entries.patterns) if (matchesText(pattern, action)) found.add(policy);
  return found;
}
