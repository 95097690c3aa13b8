import type { Attachment } from "./attachment.js";
import { type AttachmentColumns, ColumnsBuilder, type Facts, secondsAt } from "./attachment-columns.js";
import { completeInventory } from "./complete-inventory.js";
import { keyOfPolicy } from "./key-of-policy.js";
import { CATALOG_ACCOUNT, type Key } from "./keys.js";

/** How many policies are gone through, with all who carry them, before others get their turn. */
const STEP = 500;

/**
 * What the sources say together and none of them alone, for facts whose attachments are columns: only those of service-linked
 * policies and of the catalog's roles matter for it. Yields every few milliseconds, so that whoever drives it may let others in.
 */
export function* completeFacts(facts: Facts): Generator<undefined, Facts, undefined> {
  const known = yield* linkedAttachments(facts);
  const completed = completeInventory({ ...facts, attachments: known, memberships: [] });
  yield undefined;
  const before = new Set(known);
  const added = completed.attachments.filter((row) => !before.has(row));
  const stated = new Set(facts.findings);
  return {
    ...completed,
    memberships: facts.memberships,
    attachments: added.length === 0 ? facts.attachments : yield* insertAttachments(facts, added),
    derivedFindings: completed.findings.filter((finding) => !stated.has(finding)),
  };
}

/** In the order of policies. */
function* linkedAttachments({
  attachments,
  policies,
  groups,
  roles,
}: Facts): Generator<undefined, readonly Attachment[], undefined> {
  const linked: Attachment[] = [];
  const { carrierKeys } = attachments;
  // Of all carriers: to look beside a shorter list, a million times, costs more than all the rest.
  const isOfCatalog = new Uint8Array(carrierKeys.length);
  for (const [at, { accountId }] of roles.entries()) {
    if (accountId === CATALOG_ACCOUNT) isOfCatalog[groups.length + at] = 1;
  }
  for (const [place, policy] of policies.entries()) {
    if (place % STEP === 0) yield undefined;
    const rows = rowsOf(attachments, place, policy.type === "SERVICE_LINKED" ? undefined : isOfCatalog);
    if (rows.length === 0) continue;
    const key = keyOfPolicy(policy);
    for (const row of rows) {
      const principal = carrierKeys[attachments.carriers[row] ?? 0];
      if (principal !== undefined) linked.push({ policy: key, principal });
    }
  }
  return linked;
}

/**
 * Rows of a policy. By itself, not within a generator's loop: there are a million to look at.
 * @param isWanted of each carrier; left out, all are
 */
function rowsOf({ start, carriers }: AttachmentColumns, policy: number, isWanted?: Uint8Array): readonly number[] {
  const rows: number[] = [];
  const end = start[policy + 1] ?? 0;
  for (let row = start[policy] ?? 0; row < end; row++) {
    if (isWanted === undefined || isWanted[carriers[row] ?? 0] === 1) rows.push(row);
  }
  return rows;
}

/** Puts attachments of roles at account scope where the order of policies and carriers has them. */
function* insertAttachments(
  { attachments, policies }: Facts,
  added: readonly Attachment[],
): Generator<undefined, AttachmentColumns, undefined> {
  const carrierOf = placesOf(attachments.carrierKeys, new Set(added.map(({ principal }) => principal)));
  yield undefined;
  const addedTo = new Map<Key, number[]>();
  for (const { policy, principal } of added) {
    const carriers = addedTo.get(policy) ?? [];
    addedTo.set(policy, carriers);
    carriers.push(carrierOf.get(principal) ?? -1);
  }
  const builder = new ColumnsBuilder(policies.length, attachments.carriers.length + added.length);
  for (const [place, policy] of policies.entries()) {
    if (place % STEP === 0) yield undefined;
    const waiting = (addedTo.get(keyOfPolicy(policy)) ?? []).sort((a, b) => a - b);
    for (let row = attachments.start[place] ?? 0; row < (attachments.start[place + 1] ?? 0); row++) {
      const carrier = attachments.carriers[row] ?? 0;
      for (; (waiting[0] ?? carrier) < carrier; waiting.shift()) builder.add(place, waiting[0] ?? 0, "", undefined);
      const scope = attachments.scopeNames[attachments.scopes[row] ?? 0] ?? "";
      builder.add(place, carrier, scope, secondsAt(attachments, row));
    }
    for (const carrier of waiting) builder.add(place, carrier, "", undefined);
  }
  return builder.build(attachments.carrierKeys);
}

/** Of those that are looked for, out of hundreds of thousands. */
function placesOf(keys: readonly Key[], wanted: ReadonlySet<Key>): ReadonlyMap<Key, number> {
  const places = new Map<Key, number>();
  for (const [place, key] of keys.entries()) if (wanted.has(key)) places.set(key, place);
  return places;
}
