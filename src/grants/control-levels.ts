import type { Directory, DirectoryFacts } from "../inventory/directory.js";
import type { Key } from "../inventory/keys.js";
import type { Gap } from "../inventory/source.js";
import type { Bound } from "../policy/decide.js";
import type { Grant } from "../policy/grant.js";
import { unreadableStatement } from "../policy/parse/read-statement.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import { groupBy } from "./group-by.js";

/** The control policies that bind principals in a member account. */
export interface ControlLevels {
  /** Identities of this account are exempt. */
  readonly managementAccountId: string;
  /** From the member up to the root; each must allow. */
  readonly levels: readonly Bound[];
}

/**
 * Arranges control policies by member account. Each level from the member to the root folder needs an Allow of its own;
 * `FullAliyunAccess` hangs everywhere by default and is what makes lists of denials work.
 *
 * Source: Resource Management, "Control policy overview".
 */
export function compileControlLevels(
  facts: DirectoryFacts,
  policies: ReadonlyMap<Key, CompiledPolicy>,
  gaps: readonly Gap[],
): ReadonlyMap<string, ControlLevels> {
  const byDirectory = groupBy(facts.members, ({ directoryId }) => directoryId);
  const levels = new Map<string, ControlLevels>();
  for (const directory of facts.directories.filter(({ isControlPolicyEnabled }) => isControlPolicyEnabled)) {
    const levelAt = levelsOf(directory, facts, policies, targetsNotSeen(gaps));
    const parents = new Map(facts.folders.map(({ id, parentId }) => [id, parentId]));
    for (const { accountId, folderId } of byDirectory.get(directory.id) ?? []) {
      const nodes = [accountId, ...pathToRoot(folderId, parents)];
      const { managementAccountId } = directory;
      levels.set(accountId, { managementAccountId, levels: nodes.map(levelAt) });
    }
  }
  return levels;
}

function levelsOf(
  { id }: Directory,
  { controlAttachments }: DirectoryFacts,
  policies: ReadonlyMap<Key, CompiledPolicy>,
  notSeen: ReadonlySet<string>,
): (target: string) => Bound {
  const attached = groupBy(
    controlAttachments.filter(({ directoryId }) => directoryId === id),
    ({ target }) => target,
  );
  return (target) => ({
    layer: "CONTROL_POLICY",
    grants: [
      ...(attached.get(target) ?? []).flatMap(({ policy }) => policies.get(policy)?.grants ?? []),
      ...(notSeen.has(target) ? [unseenPolicies(target)] : []),
    ],
  });
}

/** Folders and members whose control policies could not be exported: they exist, so nothing is assumed about them. */
function targetsNotSeen(gaps: readonly Gap[]): ReadonlySet<string> {
  const missing = gaps.filter(({ reason }) => reason === "CONTROL_POLICIES_NOT_IMPORTED");
  return new Set(missing.map(({ subject }) => subject));
}

function unseenPolicies(target: string): Grant {
  const statement = unreadableStatement("", { code: "CONTROL_POLICIES_UNKNOWN", pointer: "", text: target });
  return { statement, layer: "CONTROL_POLICY", policy: `control:${target}` };
}

/** A folder that is its own ancestor is a defect of the export; the walk ends where it would begin anew. */
function pathToRoot(folderId: string, parents: ReadonlyMap<string, string | undefined>): readonly string[] {
  const path = new Set<string>();
  for (let id: string | undefined = folderId; id !== undefined && !path.has(id); id = parents.get(id)) path.add(id);
  return [...path];
}
