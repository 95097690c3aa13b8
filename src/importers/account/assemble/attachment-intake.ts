import type { Attachment } from "../../../inventory/attachment.js";
import { sortByKey } from "../../../inventory/byte-order.js";
import { groupKey, type Key, roleKey, userKey } from "../../../inventory/keys.js";
import { isResourceGroup } from "../../../policy/is-resource-group.js";
import type { PrincipalKind, SaidAttachment } from "../said.js";
import { boundNotes } from "./bound-notes.js";
import { demandAccount, type ExportedAccount } from "./find-account.js";
import { findingAt, type Notes, noteUnknown } from "./notes.js";
import { bareName } from "./principal-name.js";

export interface Attachments extends Notes {
  readonly attachments: readonly Attachment[];
}

/** What attachments are checked against. */
export interface AttachmentWorld {
  readonly exported: ExportedAccount;
  /** Keys of all users, groups and roles. */
  readonly principals: Iterable<Key>;
}

/** Takes attachments one by one, so that a million of them are never held twice. */
export interface AttachmentIntake {
  /** @param policy the key of the policy that is attached. */
  readonly take: (said: SaidAttachment, policy: Key) => void;
  /** From here on attachments come without a scope. `hasScopes`: every page of ListPolicyAttachments was there. */
  readonly settleScopes: (hasScopes: boolean) => void;
  readonly finish: () => Attachments;
}

/** Attachments of one policy. */
interface Borne {
  /** By bearer, and scope where it is not the account. */
  readonly byTarget: Map<string, Attachment>;
  /** Who bears it within a resource group or at an unknown scope. */
  readonly inGroups: Set<Key>;
}

/**
 * ListPolicyAttachments tells the scope and holds for everything it lists. The other lists do not tell it: they count at
 * account scope where the former is missing, and for service-linked policies, which have no other scope.
 */
export function startAttachments({ exported, principals }: AttachmentWorld): AttachmentIntake {
  const people = indexPrincipals(exported, principals);
  const borne = new Map<Key, Borne>();
  const notes = boundNotes(exported.account.id);
  let hasScopes = false;
  let isAssumed = false;
  const assume = (said: SaidAttachment, policy: Key, principal: Key, own: Borne): void => {
    if (own.byTarget.has(principal) || own.inGroups.has(principal)) return;
    const isFixed = policy.startsWith("policy:SERVICE_LINKED:");
    if (hasScopes && !isFixed) {
      notes.add("ATTACHMENTS_DISAGREE", () => noteDisagreement(said));
      return;
    }
    if (!isFixed && !isAssumed) notes.add("SCOPE_ASSUMED", () => noteAt(said, "SCOPE_ASSUMED", ASSUMED));
    isAssumed ||= !isFixed;
    keep(own, said, policy, principal);
  };
  return {
    take(said, policy) {
      const own = borne.get(policy) ?? { byTarget: new Map(), inGroups: new Set() };
      const principal = people.find(said);
      if (principal === undefined) {
        const namesake = people.findNamesake(said);
        notes.add("UNKNOWN_PRINCIPAL", () => notePrincipal(said, namesake));
        if (namesake === undefined) return;
        borne.set(policy, own);
        keep(own, said, policy, namesake, asUnknownScope(said.principalName));
        return;
      }
      borne.set(policy, own);
      if (said.scope === undefined) {
        assume(said, policy, principal, own);
        return;
      }
      const group = readScope(said.scope, said, exported.account.id);
      if (group !== "" && !isResourceGroup(group)) notes.add("UNKNOWN_SCOPE", () => noteScope(said, group));
      if (group !== "") own.inGroups.add(principal);
      keep(own, said, policy, principal, group);
    },
    settleScopes(isWhole) {
      hasScopes = isWhole;
    },
    finish: () => ({ attachments: inOrder(borne), ...notes.finish() }),
  };
}

function keep({ byTarget }: Borne, { attachedAt }: SaidAttachment, policy: Key, principal: Key, group = ""): void {
  const target = group === "" ? principal : `${principal}\0${group}`;
  if (byTarget.has(target)) return;
  const scope = group === "" ? {} : { resourceGroupId: group };
  byTarget.set(
    target,
    attachedAt === undefined ? { policy, principal, ...scope } : { policy, principal, ...scope, attachedAt },
  );
}

/** By policy, principal and scope; sorted policy by policy, which takes less memory than sorting all together. */
function inOrder(borne: ReadonlyMap<Key, Borne>): readonly Attachment[] {
  return sortByKey(borne, ([policy]) => policy).flatMap(([, { byTarget }]) =>
    sortByKey(byTarget, ([target]) => target).map(([, attachment]) => attachment),
  );
}

const KEYS = { user: userKey, group: groupKey, role: roleKey } as const;

interface PrincipalIndex {
  readonly find: (said: SaidAttachment) => Key | undefined;
  /** Who bears the name that stands before a login name's foreign domain: it may be meant, for nobody else can bear a policy. */
  readonly findNamesake: (said: SaidAttachment) => Key | undefined;
}

/** Finds keys as the lists of principals have them, so that equal keys are one text; a name comes up again and again. */
function indexPrincipals(exported: ExportedAccount, principals: Iterable<Key>): PrincipalIndex {
  const keys = new Map([...principals].map((key) => [key, key]));
  const written = { user: new Map<string, Key>(), group: new Map<string, Key>(), role: new Map<string, Key>() };
  const keyOf = (kind: PrincipalKind, name: string) => keys.get(KEYS[kind](exported.account.id, name));
  return {
    find({ principalKind: kind, principalName, hasDomain }) {
      if (kind === undefined) return undefined;
      const known = hasDomain ? written[kind].get(principalName) : undefined;
      if (known !== undefined) return known;
      const name = hasDomain ? bareName(kind, principalName, exported) : principalName;
      const key = name === undefined ? undefined : keyOf(kind, name);
      if (key !== undefined && hasDomain) written[kind].set(principalName, key);
      return key;
    },
    findNamesake({ principalKind: kind, principalName }) {
      const at = principalName.lastIndexOf("@");
      return kind === undefined || at === -1 ? undefined : keyOf(kind, principalName.slice(0, at));
    },
  };
}

/** The id of a resource group, empty for the account's own id, which means account scope; else what is written. */
function readScope(scope: string, said: SaidAttachment, accountId: string): string {
  if (scope === accountId) return "";
  if (/^rg-[\w-]{1,61}$/.test(scope)) return scope;
  if (!/^\d+$/.test(scope)) return asUnknownScope(scope);
  demandAccount(accountId, scope, said.where);
  return "";
}

const SCOPE_LIMIT = 64;

/** A text that no id of a resource group is equal to, and that tells a reader what was written. */
function asUnknownScope(text: string): string {
  const marked = isResourceGroup(text) ? `?${text}` : text;
  return marked.slice(0, SCOPE_LIMIT);
}

const ASSUMED = "ListPolicyAttachments is missing or cut, so attachments count at account scope, as first";

function noteDisagreement(said: SaidAttachment): Notes {
  const { policyName, principalKind, principalName } = said;
  const problem = `policy \`${policyName}\` on ${principalKind ?? "principal"} \`${principalName}\` is not in ListPolicyAttachments and is left out, as listed`;
  return noteAt(said, "ATTACHMENTS_DISAGREE", problem);
}

function noteAt({ where }: SaidAttachment, code: string, problem: string): Notes {
  return { findings: [findingAt(where, code, problem)], gaps: [] };
}

function notePrincipal({ policyName, principalName, where }: SaidAttachment, namesake: Key | undefined): Notes {
  const who = namesake === undefined ? "who is in no list of this account" : `which may mean \`${namesake}\``;
  const problem = `policy \`${policyName}\` is attached to \`${principalName}\`, ${who},`;
  return noteUnknown(where, "UNKNOWN_PRINCIPAL", principalName, problem);
}

function noteScope({ policyName, principalName, scope, where }: SaidAttachment, kept: string): Notes {
  const problem = `policy \`${policyName}\` is attached to \`${principalName}\` at the unknown scope \`${scope ?? ""}\``;
  return noteUnknown(where, "UNKNOWN_SCOPE", kept, problem, "RESOURCE_GROUP_UNKNOWN");
}
