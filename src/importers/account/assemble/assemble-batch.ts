import type { AccountBatch, AccountFacts } from "../../../inventory/batch.js";
import { sortByKey } from "../../../inventory/byte-order.js";
import { type Key, sourceKey } from "../../../inventory/keys.js";
import type { Gap } from "../../../inventory/source.js";
import { findCutLists } from "../find-cut-lists.js";
import type { ExportNotes, GapNote } from "../read-file.js";
import type { Said } from "../said.js";
import { type AttachmentIntake, startAttachments } from "./attachment-intake.js";
import { collectDirectoryFacts } from "./collect-directory-facts.js";
import { collectIdentities, type Identities } from "./collect-identities.js";
import { collectResources } from "./collect-resources.js";
import { collectRoles, type Roles } from "./collect-roles.js";
import type { ExportedAccount } from "./find-account.js";
import { findMissingFiles } from "./find-missing-files.js";
import { type SaidByKind, startLists } from "./group-said.js";
import { type PolicyIntake, startPolicies } from "./policy-intake.js";
import { findMissingDocuments, selectUsed } from "./select-used.js";

const ATTACHMENTS = "resourcemanager.ListPolicyAttachments";

/** Takes what the files say: first everything but attachments, then those with their scopes, then those without. */
export interface Assembly {
  readonly take: (said: Said) => void;
  /** @throws Refused when files contradict each other */
  readonly settlePrincipals: () => AttachmentAssembly;
}

export interface AttachmentAssembly {
  readonly take: (said: Said) => void;
  /** From here on attachments come from lists that do not tell the scope. */
  readonly settleScopes: () => void;
  /**
   * @param sha256 digest of the whole export, lower-case hex
   * @throws Refused when files contradict each other
   */
  readonly finish: (sha256: string) => AccountBatch;
}

/** What is known once all files but those of attachments are read. */
interface Principals {
  readonly exported: ExportedAccount;
  readonly said: SaidByKind;
  readonly identities: Identities;
  readonly roles: Roles;
  readonly policies: PolicyIntake;
}

/** Joins what all files of an export say into one batch. */
export function startAssembly(exported: ExportedAccount, notes: ExportNotes): Assembly {
  const accountId = exported.account.id;
  const lists = startLists();
  const policies = startPolicies(accountId);
  return {
    take(said) {
      if (said.kind === "policy") policies.take(said);
      else if (said.kind !== "attachment" && said.kind !== "caller" && said.kind !== "domain") lists.take(said);
    },
    settlePrincipals() {
      const identities = collectIdentities(lists.said, accountId);
      const roles = collectRoles(lists.said.role, accountId);
      lists.drop("user", "group", "member", "role");
      return startBearing({ exported, said: lists.said, identities, roles, policies }, notes);
    },
  };
}

function startBearing(world: Principals, notes: ExportNotes): AttachmentAssembly {
  const { exported, identities, roles, policies } = world;
  const principals = [...identities.users.keys(), ...identities.groups.keys(), ...roles.roles.keys()];
  const attachments = startAttachments({ exported, principals });
  return {
    take(said) {
      if (said.kind !== "policy" && said.kind !== "attachment") return;
      const policy = policies.take(said);
      if (said.kind === "attachment" && policy !== undefined) attachments.take(said, policy);
    },
    settleScopes: () => attachments.settleScopes(hasAllScopes(notes)),
    finish: (sha256) => assembleBatch(world, attachments, notes, sha256),
  };
}

function hasAllScopes({ pages, failed }: ExportNotes): boolean {
  const lists = pages.filter(({ operation }) => operation === ATTACHMENTS);
  return lists.length > 0 && !findCutLists(lists).operations.has(ATTACHMENTS) && !failed.includes(ATTACHMENTS);
}

function assembleBatch(
  { exported: { account }, said, identities, roles, policies: intake }: Principals,
  bearing: AttachmentIntake,
  notes: ExportNotes,
  sha256: string,
): AccountBatch {
  const policies = intake.finish(said.version);
  const directory = collectDirectoryFacts(said, notes.pages, account.id);
  const attachments = bearing.finish();
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
  const parts = [notes, findCutLists(notes.pages), identities, roles, policies, attachments, directory];
  const missing = findMissingFiles(notes.pages, { ...facts, hasScopes: hasAllScopes(notes) }, account.id);
  const gaps = [...parts.flatMap((part) => part.gaps), ...findMissingDocuments(facts), ...missing];
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
    detail: joinDetails([...details]),
    ...(isShared(note) ? {} : { accountId: account.id }),
  }));
}

/** Some of many details are enough to find the rest. */
const DETAILS_LIMIT = 3;

function joinDetails(details: readonly string[]): string {
  const more = details.length - DETAILS_LIMIT;
  return [...details.slice(0, DETAILS_LIMIT), ...(more > 0 ? [`and ${more} more like these`] : [])].join("; ");
}
