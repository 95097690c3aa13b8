import type { Attachment } from "../../src/inventory/attachment.js";
import { type Facts, secondsAt, secondsText } from "../../src/inventory/attachment-columns.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { keyOfPolicy } from "../../src/inventory/key-of-policy.js";
import type { Membership } from "../../src/inventory/principal.js";
import type { Database } from "../../src/store/database.js";
import { readFacts } from "../../src/store/read-facts.js";
import type { At } from "../../src/store/read-revision.js";

/** Facts as they are read, with their attachments one by one. */
export async function readInventory(db: Database, at?: At, accountIds?: ReadonlySet<string>): Promise<Inventory> {
  const {
    facts: { derivedFindings: _derived, ...facts },
  } = await readFacts(db, at, accountIds);
  return { ...facts, attachments: attachmentsOf(facts), memberships: membershipsOf(facts) };
}

function membershipsOf({ memberships, groups, roles, users }: Omit<Facts, "derivedFindings">): readonly Membership[] {
  return Array.from(memberships.groups, (place, row) => {
    const [group, user] = [groups[place], users[(memberships.users[row] ?? 0) - groups.length - roles.length]];
    return { accountId: group?.accountId ?? "", group: group?.name ?? "", user: user?.name ?? "" };
  });
}

function attachmentsOf({ attachments, policies }: Omit<Facts, "derivedFindings">): readonly Attachment[] {
  const { carrierKeys } = attachments;
  return policies.flatMap((policy, place) => {
    const [from = 0, to = 0] = attachments.start.subarray(place, place + 2);
    return Array.from({ length: to - from }, (_, index): Attachment => {
      const row = from + index;
      const resourceGroupId = attachments.scopeNames[attachments.scopes[row] ?? 0] ?? "";
      const instant = secondsAt(attachments, row);
      return {
        policy: keyOfPolicy(policy),
        principal: carrierKeys[attachments.carriers[row] ?? -1] ?? "",
        ...(resourceGroupId === "" ? {} : { resourceGroupId }),
        ...(instant === undefined ? {} : { attachedAt: typeof instant === "number" ? secondsText(instant) : instant }),
      };
    });
  });
}
