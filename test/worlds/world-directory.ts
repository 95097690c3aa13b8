import { type DirectoryFacts, NO_DIRECTORY } from "../../src/inventory/directory.js";
import { policyKey } from "../../src/inventory/keys.js";
import type { Policy } from "../../src/inventory/policy.js";
import { type Content, documentText } from "./world-names.js";

/** A resource directory. Folders without a parent lie in `root`. */
export interface WorldDirectory {
  readonly management: string;
  /** Control policies are switched off. */
  readonly isOff?: boolean;
  /** Parents by folder. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Folders by member account. */
  readonly members: Readonly<Record<string, string>>;
  /** Names of policies by `root`, folder or member account. */
  readonly control: Readonly<Record<string, readonly string[]>>;
}

const DIRECTORY = "rd-1";

/** The directory's facts, and the control policies that it attaches, read from the world's policies. */
export function directoryOf(
  directory: WorldDirectory | undefined,
  contents: Readonly<Record<string, Content>>,
): { readonly facts: DirectoryFacts; readonly policies: readonly Policy[] } {
  if (directory === undefined) return { facts: NO_DIRECTORY, policies: [] };
  const { management, isOff = false, folders = {}, members, control } = directory;
  const names = [...new Set(Object.values(control).flat())];
  const keyOf = (name: string) => policyKey("CONTROL", management, name);
  return {
    facts: {
      directories: [
        { id: DIRECTORY, managementAccountId: management, rootFolderId: "root", isControlPolicyEnabled: !isOff },
      ],
      folders: [
        { directoryId: DIRECTORY, id: "root", name: "Root" },
        ...Object.entries(folders).map(([id, parentId]) => ({ directoryId: DIRECTORY, id, parentId, name: id })),
      ],
      members: Object.entries(members).map(([accountId, folderId]) => ({
        directoryId: DIRECTORY,
        accountId,
        folderId,
      })),
      controlAttachments: Object.entries(control).flatMap(([target, held]) =>
        held.map((name) => ({ directoryId: DIRECTORY, policy: keyOf(name), target, effectScope: "RAM" as const })),
      ),
    },
    policies: names.map((name) => controlPolicy(name, management, contents[name] ?? null)),
  };
}

function controlPolicy(name: string, accountId: string, content: Content): Policy {
  const version = {
    versionId: "v1",
    isDefault: true,
    ...(content === null ? {} : { documentText: documentText(content) }),
  };
  return { type: "CONTROL", accountId, name, isHighRisk: false, versions: [version] };
}
