import type { AccountFacts } from "../../../inventory/batch.js";
import { hasDocument } from "../../../inventory/has-document.js";
import { type Key, policyKey } from "../../../inventory/keys.js";
import type { Policy, PolicyType } from "../../../inventory/policy.js";
import type { GapNote } from "../read-file.js";
import type { Where } from "../refusal.js";
import type { SaidVersion } from "../said.js";
import type { SaidByKind } from "./group-said.js";
import { joinNotes, type Notes, noteUnknown } from "./notes.js";
import { addVersion, keyInAccount, type PolicyDraft, policyTypeOf, toPolicy } from "./policy-draft.js";

export interface Policies extends Notes {
  readonly policies: ReadonlyMap<Key, Policy>;
}

const TYPES: readonly PolicyType[] = ["CUSTOM", "SYSTEM", "SERVICE_LINKED"];

/** Every policy that any response names, with the versions and documents that the export holds. */
export function collectPolicies(said: SaidByKind, accountId: string): Policies {
  const drafts = new Map<Key, PolicyDraft>();
  const notes = [
    ...said.policy.map((one) => {
      const draft = draftOf(drafts, one.policyType, one.name, accountId);
      if (draft === undefined) return noteType(one.where, one.policyType, one.name);
      draft.description ??= one.description;
      draft.defaultVersion ??= one.defaultVersion;
      return NOTHING;
    }),
    ...said.attachment.map(({ policyType, policyName, where }) =>
      draftOf(drafts, policyType, policyName, accountId) === undefined
        ? noteType(where, policyType, policyName)
        : NOTHING,
    ),
    ...said.version.map((version) => placeVersion(drafts, version, accountId)),
  ];
  return {
    policies: new Map([...drafts].map(([key, draft]) => [key, toPolicy(draft, accountId)])),
    ...joinNotes(notes),
  };
}

const NOTHING: Notes = { findings: [], gaps: [] };

function draftOf(
  drafts: Map<Key, PolicyDraft>,
  policyType: string,
  name: string,
  accountId: string,
): PolicyDraft | undefined {
  const type = policyTypeOf(policyType, name);
  if (type === undefined) return undefined;
  const key = keyInAccount(type, name, accountId);
  const draft = drafts.get(key) ?? { type, name, versions: new Map() };
  drafts.set(key, draft);
  return draft;
}

function noteType(where: Where, policyType: string, name: string): Notes {
  const problem = `policy \`${name}\` is of the unknown type \`${policyType}\``;
  return noteUnknown(where, "UNKNOWN_POLICY_TYPE", name, problem);
}

/** Without a type in the file name, the version belongs to the one policy of that name. */
function placeVersion(drafts: Map<Key, PolicyDraft>, version: SaidVersion, accountId: string): Notes {
  const { policyType, policyName, where } = version;
  const bearers =
    policyType === undefined
      ? TYPES.map((type) => drafts.get(keyInAccount(type, policyName, accountId)))
      : [draftOf(drafts, policyType, policyName, accountId)];
  const [draft, ...others] = bearers.filter((bearer) => bearer !== undefined);
  if (draft !== undefined && others.length === 0) {
    addVersion(draft, version);
    return NOTHING;
  }
  const count = draft === undefined ? "no policy is" : "a system and a custom policy are";
  const problem = `a version is given for \`${policyName}\`, but ${count} listed under that name`;
  return noteUnknown(where, "UNKNOWN_POLICY", policyName, problem);
}

/** Of the system policies those that are in use or whose document is there; the account's own ones all. */
export function selectUsed(policies: ReadonlyMap<Key, Policy>, attached: ReadonlySet<Key>): ReadonlyMap<Key, Policy> {
  return new Map(
    [...policies].filter(([key, policy]) => policy.type === "CUSTOM" || attached.has(key) || hasDocument(policy)),
  );
}

/** A control policy that hangs nowhere bounds nobody, so its document is not missed. */
export function findMissingDocuments(facts: Pick<AccountFacts, "policies" | "controlAttachments">): readonly GapNote[] {
  const hung = new Set(facts.controlAttachments.map(({ policy }) => policy));
  return facts.policies
    .filter((policy) => !hasDocument(policy))
    .filter(({ type, accountId, name }) => type !== "CONTROL" || hung.has(policyKey(type, accountId, name)))
    .map(({ name }) => ({
      reason: "POLICY_DOCUMENT_MISSING",
      subject: name,
      detail: `the document of policy \`${name}\` is not in the export`,
    }));
}
