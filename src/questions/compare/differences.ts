import type { Action } from "../../inventory/catalog.js";
import type { Gap } from "../../inventory/source.js";
import type { AccessChange, Pair } from "./access-change.js";

/** What was found to differ, and what may differ besides. */
export interface Differences {
  readonly rows: readonly AccessChange[];
  readonly gaps: readonly Gap[];
}

/** Says of which actions rows may be missing, as the resources on which the two sides may differ are too many to be told apart. */
export function untoldGap({ head }: Pair, [first, ...others]: readonly Action[]): readonly Gap[] {
  if (first === undefined) return [];
  const { arn, accountId } = head.principal;
  const actions = `\`${first.name}\`${others.length === 0 ? "" : ` and ${others.length} more actions`}`;
  const detail = `the policies of \`${arn}\` name too many kinds of resources to be told apart, so differences in ${actions} may be missing`;
  return [{ reason: "POLICY_UNREADABLE", subject: arn, detail, accountId }];
}
