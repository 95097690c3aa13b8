import { ASSUME_ROLE } from "../access/assume-role.js";
import { concernsBuckets } from "../access/granted-by-resources.js";
import type { CommonDifferences } from "./differing-facts.js";

/** Their answers hang on which roles are service-linked, as those of `ASSUME_ROLE` do on what roles there are. */
const LINKED_ROLE_ACTIONS = ["ram:createservicelinkedrole", "ram:deleteservicelinkedrole"];

/** Actions, in lower case, whose answers hang on the roles that differ. */
export function roleActions({
  roles,
  isOfLinkedRoles,
  isOfAccounts,
  boundOtherwise,
}: CommonDifferences): readonly string[] {
  if (isOfLinkedRoles || isOfAccounts || boundOtherwise.size > 0) return [ASSUME_ROLE, ...LINKED_ROLE_ACTIONS];
  return roles.size > 0 ? [ASSUME_ROLE] : [];
}

/** Tells of an action, in lower case, whether its answers may differ for those whom nothing of their own tells apart in two states. */
export function differsInCommon(common: CommonDifferences): (foldedAction: string) => boolean {
  const aboutRoles = new Set(roleActions(common));
  const isOfBuckets = common.isOfBuckets || common.boundOtherwise.size > 0;
  return (action) => aboutRoles.has(action) || (isOfBuckets && concernsBuckets(action));
}
