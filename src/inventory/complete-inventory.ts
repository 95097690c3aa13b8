import type { Inventory } from "./inventory.js";
import { joinServiceLinks } from "./join-service-links.js";
import { learnPrincipals } from "./learn-principals.js";
import { settleGaps } from "./settle-gaps.js";

/** What the sources say together and none of them alone: applied to every inventory that is read from the store. */
export function completeInventory(inventory: Inventory): Inventory {
  // A document is joined by what its own page says of the role: another principal may mean another role.
  const { contradicted, ...facts } = joinServiceLinks(inventory);
  const { findings, ...learned } = learnPrincipals(inventory);
  const joined = { ...inventory, ...facts, ...learned, findings: [...findings, ...contradicted] };
  return { ...joined, gaps: settleGaps(joined) };
}
