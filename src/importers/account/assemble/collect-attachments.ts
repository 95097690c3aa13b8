import type { Attachment } from "../../../inventory/attachment.js";
import { sortByKey } from "../../../inventory/byte-order.js";
import { groupKey, type Key, roleKey, userKey } from "../../../inventory/keys.js";
import type { SaidAttachment } from "../said.js";
import type { ExportedAccount } from "./find-account.js";
import { demandAccount } from "./find-account.js";
import { findingAt, joinNotes, type Notes, noteUnknown } from "./notes.js";
import { keyInAccount, policyTypeOf } from "./policy-draft.js";
import { bareName } from "./principal-name.js";

export interface Attachments extends Notes {
  readonly attachments: readonly Attachment[];
}

/** What attachments are checked against. */
export interface AttachmentWorld {
  readonly exported: ExportedAccount;
  /** Keys of all users, groups and roles. */
  readonly principals: ReadonlySet<Key>;
  /** Every page of ListPolicyAttachments is there. */
  readonly hasScopes: boolean;
}

type Resolved = { readonly attachment: Attachment; readonly said: SaidAttachment } | { readonly notes: Notes };

/**
 * ListPolicyAttachments tells the scope and holds for everything it lists. The other lists do not tell it: they count at
 * account scope where the former is missing, and for service-linked policies, which have no other scope.
 */
export function collectAttachments(said: readonly SaidAttachment[], world: AttachmentWorld): Attachments {
  const resolved = said.map((one) => resolve(one, world));
  const found = resolved.flatMap((one) => ("attachment" in one ? [one] : []));
  const scoped = found.filter(({ said: { scope } }) => scope !== undefined);
  const listed = new Set(scoped.map(({ attachment }) => pairKey(attachment)));
  const rest = found.filter((one) => one.said.scope === undefined && !listed.has(pairKey(one.attachment)));
  const isFixed = ({ attachment }: (typeof found)[number]): boolean =>
    attachment.policy.startsWith("policy:SERVICE_LINKED:");
  const taken = world.hasScopes ? rest.filter(isFixed) : rest;
  const disagreeing = world.hasScopes ? rest.filter((one) => !isFixed(one)) : [];
  const notes = joinNotes(resolved.flatMap((one) => ("notes" in one ? [one.notes] : [])));
  return {
    attachments: withoutRepeats([...scoped, ...taken].map(({ attachment }) => attachment)),
    gaps: notes.gaps,
    findings: [
      ...notes.findings,
      ...disagreeing.map(({ said: one }) => findingAt(one.where, "ATTACHMENTS_DISAGREE", disagreement(one))),
      ...taken
        .filter((one) => !isFixed(one))
        .slice(0, 1)
        .map(({ said: one }) => findingAt(one.where, "SCOPE_ASSUMED", ASSUMED)),
    ],
  };
}

const ASSUMED = "ListPolicyAttachments is missing or cut, so attachments count at account scope, as first";

function disagreement({ policyName, principalKind, principalName }: SaidAttachment): string {
  return `policy \`${policyName}\` on ${principalKind ?? "principal"} \`${principalName}\` is not in ListPolicyAttachments and is left out, as listed`;
}

function resolve(said: SaidAttachment, world: AttachmentWorld): Resolved {
  const { policyType, policyName, principalKind, principalName, where, attachedAt } = said;
  const accountId = world.exported.account.id;
  const type = policyTypeOf(policyType, policyName);
  if (type === undefined) return { notes: { findings: [], gaps: [] } };
  const name =
    principalKind === undefined || !said.hasDomain
      ? principalName
      : bareName(principalKind, principalName, world.exported);
  const principal =
    principalKind === undefined || name === undefined ? undefined : KEYS[principalKind](accountId, name);
  if (principal === undefined || !world.principals.has(principal)) {
    const problem = `policy \`${policyName}\` is attached to \`${principalName}\`, who is in no list of this account`;
    return { notes: noteUnknown(where, "UNKNOWN_PRINCIPAL", principalName, problem) };
  }
  const scope = readScope(said, accountId);
  if (scope === undefined) {
    const problem = `policy \`${policyName}\` is attached to \`${principalName}\` at the unknown scope \`${said.scope ?? ""}\``;
    return { notes: noteUnknown(where, "UNKNOWN_SCOPE", principalName, problem) };
  }
  const policy = keyInAccount(type, policyName, accountId);
  return { said, attachment: { policy, principal, ...scope, ...(attachedAt === undefined ? {} : { attachedAt }) } };
}

const KEYS = { user: userKey, group: groupKey, role: roleKey } as const;

/** The account's own id means account scope. */
function readScope(
  { scope, where }: SaidAttachment,
  accountId: string,
): Pick<Attachment, "resourceGroupId"> | undefined {
  if (scope === undefined) return {};
  if (/^rg-[\w-]+$/.test(scope)) return { resourceGroupId: scope };
  if (!/^\d+$/.test(scope)) return undefined;
  demandAccount(accountId, scope, where);
  return {};
}

function pairKey({ policy, principal }: Attachment): Key {
  return `${policy}\0${principal}`;
}

function withoutRepeats(attachments: readonly Attachment[]): readonly Attachment[] {
  const keyOf = (attachment: Attachment): Key => `${pairKey(attachment)}\0${attachment.resourceGroupId ?? ""}`;
  const first = new Map<Key, Attachment>();
  for (const attachment of attachments) if (!first.has(keyOf(attachment))) first.set(keyOf(attachment), attachment);
  return sortByKey(first.values(), keyOf);
}
