import type { Policy } from "./policy.js";

/** Whether it is known what a policy says now: the document of its default version. */
export function hasDocument({ versions }: Policy): boolean {
  return versions.some(({ isDefault, documentText }) => isDefault && documentText !== undefined);
}
