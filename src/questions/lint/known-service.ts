import type { CatalogIndex } from "../../grants/catalog-index.js";
import type { Action } from "../../inventory/catalog.js";
import { actionKey, serviceKey } from "../../inventory/keys.js";
import { type ResourceKinds, resourceKinds } from "../access/fit-resources.js";

/**
 * The actions of a service whose authorization page was read; undefined for all other services, of which the catalog knows
 * only what some policy happens to name.
 */
export function documentedActions(catalog: CatalogIndex, service: string): readonly Action[] | undefined {
  const actions = catalog.actionsOfService.get(serviceKey(service)) ?? [];
  return actions.some(({ isDocumented }) => isDocumented) ? actions : undefined;
}

/**
 * The same, of services whose list seems to be whole: no policy that the catalog prints names an action that the page lacks. A
 * code may serve several products with a page each, of which only some were read.
 */
export function allActions(catalog: CatalogIndex, service: string): readonly Action[] | undefined {
  const actions = documentedActions(catalog, service);
  return actions?.every(({ isDocumented }) => isDocumented) ? actions : undefined;
}

/** What resources an action takes, as the operations that it guards have it. */
export function kindsOf(catalog: CatalogIndex, action: string): ResourceKinds {
  return resourceKinds(catalog.operationsOfAction.get(actionKey(action)) ?? []);
}
