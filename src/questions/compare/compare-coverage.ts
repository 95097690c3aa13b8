import type { Snapshot } from "../../grants/snapshot.js";
import type { Gap } from "../../inventory/source.js";
import { accountsOf, coverageOf } from "../access/coverage.js";
import type { Pair } from "./access-change.js";

/** The gaps of both states that could have changed a comparison, each once. Without pairs everybody was considered. */
export function compareCoverage(
  base: Snapshot,
  head: Snapshot,
  pairs: readonly Pair[] | undefined,
  services: ReadonlySet<string>,
): readonly Gap[] {
  const gaps = [base, head].flatMap((snapshot) => {
    const asked = pairs?.flatMap((pair) => [pair.base.principal, pair.head.principal]) ?? snapshot.principals;
    const policies = new Set(snapshot.policies.keys());
    return coverageOf(snapshot, { accountIds: accountsOf(asked), services, policies }).gaps;
  });
  return [...new Map(gaps.map((gap) => [JSON.stringify([gap.reason, gap.subject, gap.accountId]), gap])).values()];
}
