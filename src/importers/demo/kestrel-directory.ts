import { allow, type DemoDocument, deny, documentOf } from "./demo-account.js";
import { IDS } from "./kestrel.js";

export interface DemoControlPolicy {
  readonly id: string;
  readonly name: string;
  readonly type: "System" | "Custom";
  readonly document: DemoDocument;
}

export interface DemoFolder {
  readonly id: string;
  readonly name: string;
  readonly parent?: string;
  /** Member accounts, without the one that manages the directory. */
  readonly members: readonly string[];
}

export const ROOT = "r-Kestrl";

/** Root, with the accounts that look in one folder and those that run in another. */
export const FOLDERS: readonly DemoFolder[] = [
  { id: ROOT, name: "Root", members: [] },
  { id: "fd-KestrlRun1", name: "Running", parent: ROOT, members: [IDS.shop, IDS.lab] },
  { id: "fd-KestrlLook", name: "Looking", parent: ROOT, members: [IDS.audit] },
];

const FULL = "cp-FullAliyunAccess";

export const CONTROL_POLICIES: readonly DemoControlPolicy[] = [
  { id: FULL, name: "FullAliyunAccess", type: "System", document: documentOf(allow("*")) },
  {
    id: "cp-KestrelKeepTrails",
    name: "KeepTrails",
    type: "Custom",
    document: documentOf(deny(["actiontrail:Delete*", "actiontrail:StopLogging", "actiontrail:Update*"])),
  },
  {
    id: "cp-KestrelKeepWalls1",
    name: "KeepFirewalls",
    type: "Custom",
    document: documentOf(
      deny("ecs:DeleteSecurityGroup", "*", {
        StringNotLike: { "acs:PrincipalARN": `acs:ram:*:${IDS.shop}:role/operator` },
      }),
    ),
  },
];

/** Which control policies hang on which folder or member account. */
export const CONTROL_ATTACHMENTS: Readonly<Record<string, readonly string[]>> = {
  [ROOT]: [FULL, "cp-KestrelKeepTrails"],
  "fd-KestrlRun1": [FULL],
  "fd-KestrlLook": [FULL],
  [IDS.shop]: [FULL, "cp-KestrelKeepWalls1"],
  [IDS.lab]: [FULL],
  [IDS.audit]: [FULL],
};
