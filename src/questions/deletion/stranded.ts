import { membersOf } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { applyChange } from "../../grants/what-if/apply-change.js";
import { actionKey, type Key, roleKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import { readResourcePattern } from "../../policy/arn.js";
import { OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { ResourceChoice } from "../access/access-question.js";
import { decideAccess } from "../access/decision.js";
import { isPlainNo } from "../assume/assume-edges.js";
import { assumersOf } from "../assume/assumers.js";
import { reachFrom } from "../assume/reach.js";
import { permissions } from "../permissions/permissions.js";
import type { PrincipalAccess } from "../who-can/principal-access.js";

/** Something that a role may do: an action on resources of one of its patterns. */
interface Offer {
  readonly action: string;
  readonly pattern: string;
}

/** The same facts without the role. */
export function withoutRole(snapshot: Snapshot, role: Role): Snapshot {
  const key = roleKey(role.accountId, role.name);
  const made = applyChange(snapshot, { kind: "deleteRole", role: { text: role.name, key } });
  if ("refusal" in made) throw new Error(made.refusal.message);
  return made.value;
}

/**
 * Who reaches something only through the role: users and roles that get to assume it, and then may do something on resources of
 * some pattern that, without it, neither they nor any other role that they get to may do on any of them. In the order of
 * ARNs, each with the decision on getting to the role. Yields before each decision.
 */
export function* strandedBy(
  snapshot: Snapshot,
  role: Role,
): Generator<undefined, readonly PrincipalAccess[], undefined> {
  const after = withoutRole(snapshot, role);
  const offers = yield* offersOf(snapshot, role);
  const may = decider(after);
  const stranded: PrincipalAccess[] = [];
  for (const access of offers.length === 0 ? [] : yield* assumersOf(snapshot, role, true)) {
    const principal = after.principalByKey.get(access.decision.asker?.principal?.key ?? "");
    if (principal === undefined) continue;
    const others = [principal, ...(yield* rolesReached(after, principal))];
    if (!(yield* haveAll(offers, others, may))) stranded.push(access);
  }
  return stranded;
}

type May = (principal: CompiledPrincipal, offer: Offer) => boolean;

/** May one of them do each? */
function* haveAll(
  offers: readonly Offer[],
  others: readonly CompiledPrincipal[],
  may: May,
): Generator<undefined, boolean, undefined> {
  for (const offer of offers) {
    yield undefined;
    if (!others.some((other) => may(other, offer))) return false;
  }
  return true;
}

function* rolesReached(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
): Generator<undefined, readonly CompiledPrincipal[], undefined> {
  const reached = yield* reachFrom(snapshot, principal);
  return membersOf([reached.members]).flatMap((place) => snapshot.principals[place] ?? []);
}

/** What the role may do, and the roles that it gets to, pattern by pattern; nothing where it is not known. */
function* offersOf(snapshot: Snapshot, role: Role): Generator<undefined, readonly Offer[], undefined> {
  const principal = snapshot.principalByKey.get(roleKey(role.accountId, role.name));
  if (principal === undefined) return [];
  const may = decider(snapshot);
  const offers: Offer[] = [];
  for (const each of [principal, ...(yield* rolesReached(snapshot, principal))]) {
    for (const offer of yield* permitted(snapshot, each)) {
      yield undefined;
      if (may(each, offer)) offers.push(offer);
    }
  }
  return [...new Map(offers.map((offer) => [`${offer.action} ${offer.pattern}`, offer])).values()];
}

function* permitted(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
): Generator<undefined, readonly Offer[], undefined> {
  const answer = yield* permissions(snapshot, principal, {});
  if ("refusal" in answer) return [];
  return answer.value.rows.flatMap(({ action, resourcePatterns }) =>
    patternsOf(resourcePatterns).map((pattern) => ({ action: action.name, pattern })),
  );
}

/** What a statement leaves out is no set that can be asked about, so all resources stand for the rest. */
function patternsOf(written: readonly string[]): readonly string[] {
  const patterns = written.map((text) => (readResourcePattern(text).pattern.form === "WHOLE" ? "*" : text));
  return patterns.length === 0 ? ["*"] : [...new Set(patterns)];
}

/** May somebody do this at all? Each is decided once. */
function decider(snapshot: Snapshot): May {
  const known = new Map<Key, boolean>();
  return (principal, { action, pattern }) => {
    const key = `${principal.key} ${action} ${pattern}`;
    const found = known.get(key) ?? isPossible(snapshot, principal, action, pattern);
    known.set(key, found);
    return found;
  };
}

function isPossible(snapshot: Snapshot, principal: CompiledPrincipal, name: string, text: string): boolean {
  const resource: ResourceChoice = { form: "SOME", patterns: [readResourcePattern(text).pattern], text };
  const actions = { mode: "ALL" as const, parts: [{ name, key: actionKey(name) }], text: name };
  const question = { actions, resource, context: OPEN_CONTEXT, remarks: [] };
  return !isPlainNo(decideAccess(snapshot, principal, question));
}
