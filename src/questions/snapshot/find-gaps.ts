import { type CompiledPolicy, MISSING_DOCUMENT } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { compareBytes } from "../../inventory/byte-order.js";
import type { Gap } from "../../inventory/source.js";

/** What the sources say they do not hold, and attached policies that are not known or not read in full. */
export function findGaps({ inventory, attachmentsOfPolicy, policies }: Snapshot): readonly Gap[] {
  const broken = [...attachmentsOfPolicy.keys()].filter((key) => isBroken(policies.get(key)));
  const ofPolicies = broken.sort(compareBytes).flatMap((key) => gapOf(policies.get(key)) ?? []);
  return [...inventory.gaps, ...ofPolicies.filter((gap) => !inventory.gaps.some((known) => isSame(known, gap)))];
}

function isBroken(policy: CompiledPolicy | undefined): policy is CompiledPolicy {
  return policy?.document.statements.some(({ unreadable }) => unreadable.length > 0) ?? false;
}

function gapOf(compiled: CompiledPolicy | undefined): Gap | undefined {
  if (!isBroken(compiled)) return undefined;
  const { policy, document } = compiled;
  const isMissing = document.statements.some(({ unreadable }) =>
    unreadable.some(({ code }) => code === MISSING_DOCUMENT),
  );
  const account = policy.accountId === undefined ? {} : { accountId: policy.accountId };
  return { ...account, subject: policy.name, ...(isMissing ? missing(policy.name) : unreadable(policy.name)) };
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
