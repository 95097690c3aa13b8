import type { Inventory } from "./inventory.js";
import { joinServiceLinks } from "./join-service-links.js";
import { settleGaps } from "./settle-gaps.js";

/** What the sources say together and none of them alone: applied to every inventory that is read from the store. */
export function completeInventory(inventory: Inventory): Inventory {
  const joined = { ...inventory, ...joinServiceLinks(inventory) };
  return { ...joined, gaps: settleGaps(joined) };
}
