import { compareBytes } from "../inventory/byte-order.js";
import type { Action } from "../inventory/catalog.js";
import { actionKey, serviceKey } from "../inventory/keys.js";
import { type ActionPattern, coversAction, serviceOfAction } from "../policy/action-pattern.js";
import { asciiLower } from "../policy/ascii.js";
import type { Statement } from "../policy/document.js";
import { hasWildcard } from "../policy/wildcard.js";
import type { CatalogIndex } from "./catalog-index.js";

/** Actions of the catalog that a pattern covers, in no particular order. Only the pattern's own service is looked at. */
export function actionsMatching(catalog: CatalogIndex, pattern: ActionPattern): readonly Action[] {
  if (!hasWildcard(pattern.folded)) {
    const action = catalog.actions.get(actionKey(pattern.folded));
    return action === undefined ? [] : [action];
  }
  const service = serviceOfAction(pattern.folded);
  const searched = hasWildcard(service) ? [...catalog.actions.values()] : actionsOf(catalog, service);
  return searched.filter(({ name }) => coversAction(pattern, asciiLower(name)));
}

/** Actions of the catalog that a statement's action element covers, by name; none where it cannot be read. */
export function actionsCovered(catalog: CatalogIndex, { actions }: Statement): readonly Action[] {
  if (actions === "UNREADABLE") return [];
  const listed = new Set(actions.patterns.flatMap((pattern) => actionsMatching(catalog, pattern)));
  const covered = actions.isNegated
    ? [...catalog.actions.values()].filter((action) => !listed.has(action))
    : [...listed];
  return covered.sort((a, b) => compareBytes(a.name, b.name));
}

function actionsOf(catalog: CatalogIndex, service: string): readonly Action[] {
  return catalog.actionsOfService.get(serviceKey(service)) ?? [];
}
