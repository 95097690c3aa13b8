/**
 * Whether a scope is the id of a resource group, e.g. `rg-acfmxazb4ph`. Attachments may bear any other text that a source
 * wrote where the scope stands: how far they reach is not known then.
 */
export function isResourceGroup(scope: string): boolean {
  return scope.startsWith("rg-");
}
