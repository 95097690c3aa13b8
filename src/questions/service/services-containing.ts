import type { Snapshot } from "../../grants/snapshot.js";
import type { Service } from "../../inventory/catalog.js";
import { containsIgnoringCase } from "../../policy/ascii.js";

/** Services whose code or name holds a text, by code. */
export function servicesContaining({ inventory }: Snapshot, text: string): readonly Service[] {
  if (text === "") return inventory.services;
  return inventory.services.filter(
    ({ code, name }) => containsIgnoringCase(code, text) || containsIgnoringCase(name, text),
  );
}
