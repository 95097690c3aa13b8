import { MISSING_DOCUMENT } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { compareBytes } from "../../inventory/byte-order.js";
import type { Gap } from "../../inventory/source.js";

/** What the sources say they do not hold, and attached policies that are not known or not read in full. */
export function findGaps({ inventory, attachmentsOfPolicy, policies }: Snapshot): readonly Gap[] {
  const attached = [...attachmentsOfPolicy.keys()].sort(compareBytes).flatMap((key) => policies.get(key) ?? []);
  const ofPolicies = attached.flatMap(({ policy, document }): readonly Gap[] => {
    const broken = document.statements.flatMap(({ unreadable }) => unreadable);
    if (broken.length === 0) return [];
    const account = policy.accountId === undefined ? {} : { accountId: policy.accountId };
    const isMissing = broken.some(({ code }) => code === MISSING_DOCUMENT);
    return [{ ...account, subject: policy.name, ...(isMissing ? missing(policy.name) : unreadable(policy.name)) }];
  });
  return [...inventory.gaps, ...ofPolicies.filter((gap) => !inventory.gaps.some((known) => isSame(known, gap)))];
}

function missing(name: string): Pick<Gap, "reason" | "detail"> {
  const detail = `policy \`${name}\` is attached and its document is not known`;
  return { reason: "POLICY_DOCUMENT_MISSING", detail };
}

function unreadable(name: string): Pick<Gap, "reason" | "detail"> {
  return { reason: "POLICY_UNREADABLE", detail: `policy \`${name}\` is attached and cannot be read in full` };
}

function isSame(a: Gap, b: Gap): boolean {
  return a.reason === b.reason && a.subject === b.subject && a.accountId === b.accountId;
}
