import type { Snapshot } from "../../grants/snapshot.js";
import { actionKey } from "../../inventory/keys.js";
import type { ActionPart } from "./access-question.js";

/** The action in the catalog's spelling, or as asked. */
export function actionPart({ catalog }: Snapshot, name: string): ActionPart {
  const key = actionKey(name);
  const known = catalog.actions.get(key);
  return known === undefined ? { name } : { name: known.name, key };
}
