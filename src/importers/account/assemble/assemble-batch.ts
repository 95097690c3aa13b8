import type { AccountBatch, AccountFacts } from "../../../inventory/batch.js";
import { sortByKey } from "../../../inventory/byte-order.js";
import { type Key, sourceKey } from "../../../inventory/keys.js";
import type { Gap } from "../../../inventory/source.js";
import { findCutLists } from "../find-cut-lists.js";
import type { FileReading, GapNote } from "../read-file.js";
import { collectAttachments } from "./collect-attachments.js";
import { collectDirectoryFacts } from "./collect-directory-facts.js";
import { collectIdentities } from "./collect-identities.js";
import { collectPolicies, findMissingDocuments, selectUsed } from "./collect-policies.js";
import { collectResources } from "./collect-resources.js";
import { collectRoles } from "./collect-roles.js";
import { findAccount } from "./find-account.js";
import { findMissingFiles } from "./find-missing-files.js";
import { groupSaid } from "./group-said.js";

const ATTACHMENTS = "resourcemanager.ListPolicyAttachments";

/**
 * Joins what all files of an export say into one batch.
 * @param sha256 digest of the whole export, lower-case hex
 * @throws Refused when the account is not told, or files contradict each other
 */
export function assembleBatch(reading: FileReading, sha256: string): AccountBatch {
  const said = groupSaid(reading.said);
  const exported = findAccount(said);
  const { account } = exported;
  const cut = findCutLists(reading.pages);
  const identities = collectIdentities(said, account.id);
  const roles = collectRoles(said.role, account.id);
  const policies = collectPolicies(said, account.id);
  const directory = collectDirectoryFacts(said, reading.pages, account.id);
  const hasScopes =
    reading.pages.some(({ operation }) => operation === ATTACHMENTS) &&
    !cut.operations.has(ATTACHMENTS) &&
    !reading.failed.includes(ATTACHMENTS);
  const principals = new Set([...identities.users.keys(), ...identities.groups.keys(), ...roles.roles.keys()]);
  const attachments = collectAttachments(said.attachment, { exported, principals, hasScopes });
  const used = selectUsed(policies.policies, new Set(attachments.attachments.map(({ policy }) => policy)));
  const facts = {
    ...directory.facts,
    ...collectResources(said, account.id),
    account,
    users: inKeyOrder(identities.users),
    groups: inKeyOrder(identities.groups),
    memberships: identities.memberships,
    roles: inKeyOrder(roles.roles),
    policies: inKeyOrder(new Map([...used, ...directory.policies])),
    attachments: attachments.attachments,
  };
  const parts = [reading, cut, identities, roles, policies, attachments, directory];
  const gaps = [
    ...parts.flatMap((part) => part.gaps),
    ...findMissingDocuments(facts),
    ...findMissingFiles(reading.pages, { ...facts, hasScopes }, account.id),
  ];
  return {
    kind: "account",
    source: {
      key: sourceKey("ACCOUNT_EXPORT", account.id),
      kind: "ACCOUNT_EXPORT",
      title: `Account ${account.id}`,
      sha256,
    },
    facts,
    findings: parts.flatMap((part) => part.findings),
    gaps: joinGaps(gaps, facts),
  };
}

function inKeyOrder<T>(facts: ReadonlyMap<Key, T>): readonly T[] {
  return sortByKey(facts, ([key]) => key).map(([, fact]) => fact);
}

/**
 * One gap for each reason and subject; what several places say of it adds up. What is unknown of a directory concerns
 * its members and not the account that manages it.
 */
function joinGaps(notes: readonly GapNote[], { account, directories }: AccountFacts): readonly Gap[] {
  const isShared = ({ reason }: GapNote): boolean =>
    reason === "CONTROL_POLICIES_NOT_IMPORTED" && directories.length > 0;
  const keyOf = ({ reason, subject }: GapNote): string => `${reason}\0${subject}`;
  const joined = new Map<string, GapNote & { readonly details: Set<string> }>();
  for (const note of notes) {
    const known = joined.get(keyOf(note));
    if (known === undefined) joined.set(keyOf(note), { ...note, details: new Set([note.detail]) });
    else known.details.add(note.detail);
  }
  return sortByKey(joined.values(), keyOf).map(({ details, ...note }) => ({
    reason: note.reason,
    subject: note.subject,
    detail: [...details].join("; "),
    ...(isShared(note) ? {} : { accountId: account.id }),
  }));
}
