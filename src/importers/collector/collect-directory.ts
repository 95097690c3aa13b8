import type { Said, SaidDirectory } from "../account/said.js";
import type { Collector } from "./collector.js";

/**
 * Fetches the resource directory when this account manages it: its tree, its control policies and where they hang. Of
 * a member account there is nothing more to fetch; the management account's export tells it.
 */
export async function collectDirectory(collector: Collector, accountId: string): Promise<void> {
  let directory: SaidDirectory | undefined;
  await collector.fetch("resourcemanager.GetResourceDirectory", {}, (said) => {
    directory = said.find((one) => one.kind === "directory");
  });
  if (directory === undefined || directory.managementAccountId !== accountId) return;
  const hasControl = directory.controlPolicyStatus !== "Disabled";
  await Promise.all([
    collectFolder(collector, directory.rootFolderId, hasControl),
    hasControl ? collectControlPolicies(collector) : undefined,
  ]);
}

async function collectFolder(collector: Collector, parent: string, hasControl: boolean): Promise<void> {
  const folders: string[] = [];
  const members: string[] = [];
  const take = (said: readonly Said[]): void => {
    for (const one of said) {
      if (one.kind === "folder") folders.push(one.id);
      if (one.kind === "directoryMember") members.push(one.accountId);
    }
  };
  const subject = { names: [parent], query: { ParentFolderId: parent } };
  await Promise.all([
    collector.fetch("resourcemanager.ListFoldersForParent", subject, take),
    collector.fetch("resourcemanager.ListAccountsForParent", subject, take),
  ]);
  const targets = hasControl ? [parent, ...members] : [];
  await Promise.all([
    ...targets.map(async (target) => await collectTarget(collector, target)),
    ...folders.filter((id) => id !== parent).map(async (id) => await collectFolder(collector, id, hasControl)),
  ]);
}

async function collectTarget(collector: Collector, target: string): Promise<void> {
  const subject = { names: [target], query: { TargetId: target } };
  await collector.fetch("resourcemanager.ListControlPolicyAttachmentsForTarget", subject);
}

async function collectControlPolicies(collector: Collector): Promise<void> {
  const ids: string[] = [];
  await collector.fetch("resourcemanager.ListControlPolicies", {}, (said) => {
    for (const one of said) if (one.kind === "controlPolicy") ids.push(one.id);
  });
  await Promise.all(
    ids.map(async (id) => {
      await collector.fetch("resourcemanager.GetControlPolicy", { names: [id], query: { PolicyId: id } });
    }),
  );
}
