import type { Attachment } from "../../src/inventory/attachment.js";
import { type Facts, secondsAt, secondsText } from "../../src/inventory/attachment-columns.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { keyOfPolicy } from "../../src/inventory/key-of-policy.js";
import { groupKey, roleKey, userKey } from "../../src/inventory/keys.js";
import type { Database } from "../../src/store/database.js";
import { readFacts } from "../../src/store/read-facts.js";
import type { At } from "../../src/store/read-revision.js";

/** Facts as they are read, with their attachments one by one. */
export async function readInventory(db: Database, at?: At, accountIds?: ReadonlySet<string>): Promise<Inventory> {
  const {
    facts: { derivedFindings: _derived, ...facts },
  } = await readFacts(db, at, accountIds);
  return { ...facts, attachments: attachmentsOf(facts) };
}

export function attachmentsOf({
  attachments,
  policies,
  groups,
  roles,
  users,
}: Omit<Facts, "derivedFindings">): readonly Attachment[] {
  const carriers = [
    ...groups.map(({ accountId, name }) => groupKey(accountId, name)),
    ...roles.map(({ accountId, name }) => roleKey(accountId, name)),
    ...users.map(({ accountId, name }) => userKey(accountId, name)),
    ...attachments.strays,
  ];
  return policies.flatMap((policy, place) => {
    const [from = 0, to = 0] = attachments.start.subarray(place, place + 2);
    return Array.from({ length: to - from }, (_, index): Attachment => {
      const row = from + index;
      const resourceGroupId = attachments.scopeNames[attachments.scopes[row] ?? 0] ?? "";
      const instant = secondsAt(attachments, row);
      return {
        policy: keyOfPolicy(policy),
        principal: carriers[attachments.carriers[row] ?? -1] ?? "",
        ...(resourceGroupId === "" ? {} : { resourceGroupId }),
        ...(instant === undefined ? {} : { attachedAt: typeof instant === "number" ? secondsText(instant) : instant }),
      };
    });
  });
}
