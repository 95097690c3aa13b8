import { sortByKey } from "../../../inventory/byte-order.js";
import type { ControlAttachment } from "../../../inventory/directory.js";
import { type Key, policyKey } from "../../../inventory/keys.js";
import type { Policy } from "../../../inventory/policy.js";
import { asciiLower } from "../../../policy/ascii.js";
import type { SaidControlAttachment, SaidControlPolicy } from "../said.js";
import type { DirectoryTree } from "./collect-directory.js";
import { contradiction } from "./contradiction.js";
import type { SaidByKind } from "./group-said.js";
import { joinNotes, type Notes, noteUnknown } from "./notes.js";

export interface ControlPolicies extends Notes {
  readonly policies: ReadonlyMap<Key, Policy>;
  readonly attachments: readonly ControlAttachment[];
}

/** Control policies have no versions of their own. */
const ONLY_VERSION = "v1";
const SCOPES: ReadonlyMap<string, ControlAttachment["effectScope"]> = new Map([
  ["RAM", "RAM"],
  ["All", "ALL"],
]);

/** Control policies, which belong to the management account, and the folders and accounts that they hang on. */
export function collectControlPolicies(said: SaidByKind, tree: DirectoryTree): ControlPolicies {
  const { id: directoryId, managementAccountId: accountId } = tree.directory;
  const byId = joinById(said.controlPolicy);
  const names = nameById([...byId.values()]);
  const keyOf = (id: string): Key => policyKey("CONTROL", accountId, names.get(id) ?? id);
  const targets = new Set([...tree.folders.map(({ id }) => id), ...tree.members.map((member) => member.accountId)]);
  const attachments = new Map<Key, ControlAttachment>();
  for (const { policyId, target, effectScope } of said.controlAttachment.filter((one) => targets.has(one.target))) {
    const scope = SCOPES.get(effectScope ?? byId.get(policyId)?.effectScope ?? "") ?? "RAM";
    const policy = keyOf(policyId);
    attachments.set(`${policy}\0${target}`, { directoryId, policy, target, effectScope: scope });
  }
  const lost = said.controlAttachment.filter(({ target }) => !targets.has(target));
  return {
    policies: new Map([...byId].map(([id, policy]) => [keyOf(id), toPolicy(policy, accountId, names.get(id) ?? id)])),
    attachments: sortByKey(attachments, ([key]) => key).map(([, attachment]) => attachment),
    ...joinNotes([...lost.map(noteTarget), ...said.controlPolicy.flatMap(noteScope)]),
  };
}

/** Each policy from all rows that speak of it: only `GetControlPolicy` brings the document. */
function joinById(said: readonly SaidControlPolicy[]): ReadonlyMap<string, SaidControlPolicy> {
  const joined = new Map<string, SaidControlPolicy>();
  for (const policy of said) {
    const known = joined.get(policy.id);
    joined.set(policy.id, known === undefined ? policy : joinPolicies(known, policy));
  }
  return joined;
}

function joinPolicies(known: SaidControlPolicy, policy: SaidControlPolicy): SaidControlPolicy {
  const texts = [known.documentText, policy.documentText].filter((text) => text !== undefined);
  if (texts.length === 2 && texts[0] !== texts[1]) {
    throw contradiction(`control policy \`${policy.name}\` has two documents`, known.where, policy.where);
  }
  return {
    ...known,
    description: known.description ?? policy.description,
    effectScope: known.effectScope ?? policy.effectScope,
    documentText: texts[0],
    updatedAt: known.updatedAt ?? policy.updatedAt,
  };
}

/** Policies are known by name; where two bear one name, their ids tell them apart. */
function nameById(policies: readonly SaidControlPolicy[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { name } of policies) counts.set(asciiLower(name), (counts.get(asciiLower(name)) ?? 0) + 1);
  return new Map(
    policies.map(({ id, name }) => [id, counts.get(asciiLower(name)) === 1 ? name : `${name} (${id})`] as const),
  );
}

function toPolicy(said: SaidControlPolicy, accountId: string, name: string): Policy {
  const { description, documentText, updatedAt: createdAt } = said;
  const version = { versionId: ONLY_VERSION, isDefault: true, ...(createdAt === undefined ? {} : { createdAt }) };
  return {
    type: "CONTROL",
    accountId,
    name,
    ...(description === undefined ? {} : { description }),
    isHighRisk: false,
    versions: documentText === undefined ? [] : [{ ...version, documentText }],
  };
}

function noteTarget({ target, where }: SaidControlAttachment): Notes {
  const problem = `a control policy hangs on \`${target}\`, which is no folder or member account of the directory`;
  return noteUnknown(where, "UNKNOWN_TARGET", target, problem, "CONTROL_POLICIES_NOT_IMPORTED");
}

function noteScope({ name, effectScope, where }: SaidControlPolicy): readonly Notes[] {
  if (effectScope === undefined || SCOPES.has(effectScope)) return [];
  const problem = `control policy \`${name}\` is in effect for the unknown scope \`${effectScope}\`, read as \`RAM\`,`;
  return [noteUnknown(where, "UNKNOWN_EFFECT_SCOPE", name, problem, "CONTROL_POLICIES_NOT_IMPORTED")];
}
