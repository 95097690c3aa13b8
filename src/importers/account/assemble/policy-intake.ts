import type { Key } from "../../../inventory/keys.js";
import type { Policy, PolicyType } from "../../../inventory/policy.js";
import type { Where } from "../refusal.js";
import type { SaidAttachment, SaidPolicy, SaidVersion } from "../said.js";
import { joinNotes, type Notes, noteUnknown } from "./notes.js";
import { addVersion, keyInAccount, type PolicyDraft, policyTypeOf, toPolicy } from "./policy-draft.js";

export interface Policies extends Notes {
  readonly policies: ReadonlyMap<Key, Policy>;
}

/** Joins what responses say of policies, as they are read: a policy is named by every attachment of it. */
export interface PolicyIntake {
  /** The policy's key, or undefined for a type that is not known, which is noted. */
  readonly take: (said: SaidPolicy | SaidAttachment) => Key | undefined;
  /** Every policy that any response named, with the versions and documents that the export holds. */
  readonly finish: (versions: readonly SaidVersion[]) => Policies;
}

const TYPES: readonly PolicyType[] = ["CUSTOM", "SYSTEM", "SERVICE_LINKED"];
const NOTHING: Notes = { findings: [], gaps: [] };

interface KeyedDraft extends PolicyDraft {
  readonly key: Key;
}

export function startPolicies(accountId: string): PolicyIntake {
  const drafts = new Map<Key, KeyedDraft>();
  const unknown = new Map<string, Notes>();
  // By the API's word for the type and the name as it is written: a name comes with every attachment.
  const written = new Map<string, Map<string, KeyedDraft>>();
  const draftOf = (policyType: string, name: string): KeyedDraft | undefined => {
    const known = written.get(policyType)?.get(name);
    if (known !== undefined) return known;
    const type = policyTypeOf(policyType, name);
    if (type === undefined) return undefined;
    const draft = draftFor(drafts, type, name, accountId);
    written.set(policyType, (written.get(policyType) ?? new Map<string, KeyedDraft>()).set(name, draft));
    return draft;
  };
  return {
    take(said) {
      const name = said.kind === "policy" ? said.name : said.policyName;
      const draft = draftOf(said.policyType, name);
      if (draft === undefined) {
        const type = `${said.policyType}\0${name}`;
        if (!unknown.has(type)) unknown.set(type, noteType(said.where, said.policyType, name));
        return undefined;
      }
      if (said.kind === "policy") {
        draft.description ??= said.description;
        draft.defaultVersion ??= said.defaultVersion;
      }
      return draft.key;
    },
    finish(versions) {
      const notes = versions.map((version) => placeVersion(drafts, version, draftOf, accountId));
      return {
        policies: new Map([...drafts].map(([key, draft]) => [key, toPolicy(draft, accountId)])),
        ...joinNotes([...unknown.values(), ...notes]),
      };
    },
  };
}

function draftFor(drafts: Map<Key, KeyedDraft>, type: PolicyType, name: string, accountId: string): KeyedDraft {
  const key = keyInAccount(type, name, accountId);
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const draft = { key, type, name, versions: new Map() };
  drafts.set(key, draft);
  return draft;
}

function noteType(where: Where, policyType: string, name: string): Notes {
  const problem = `policy \`${name}\` is of the unknown type \`${policyType}\``;
  return noteUnknown(where, "UNKNOWN_POLICY_TYPE", name, problem);
}

/** Without a type in the file name, the version belongs to the one policy of that name. */
function placeVersion(
  drafts: ReadonlyMap<Key, PolicyDraft>,
  version: SaidVersion,
  draftOf: (policyType: string, name: string) => PolicyDraft | undefined,
  accountId: string,
): Notes {
  const { policyType, policyName, where } = version;
  const bearers =
    policyType === undefined
      ? TYPES.map((type) => drafts.get(keyInAccount(type, policyName, accountId)))
      : [draftOf(policyType, policyName)];
  const [draft, ...others] = bearers.filter((bearer) => bearer !== undefined);
  if (draft !== undefined && others.length === 0) {
    addVersion(draft, version);
    return NOTHING;
  }
  const count = draft === undefined ? "no policy is" : "a system and a custom policy are";
  const problem = `a version is given for \`${policyName}\`, but ${count} listed under that name`;
  return noteUnknown(where, "UNKNOWN_POLICY", policyName, problem);
}
