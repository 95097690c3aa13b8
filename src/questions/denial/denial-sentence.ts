import type { PolicyLayer } from "../../policy/grant.js";
import { sentenceOf } from "../access/sentence.js";
import type { ExplainedDenial } from "./explain-denial.js";

/** Both answers as plain sentences: the cloud's, ours, and what explains a difference. */
export function denialSentence({ denial, decision, agreement, reasons }: ExplainedDenial): string {
  const name = decision.asker?.principal?.name ?? denial.principal.displayName;
  const theirs = `Alibaba Cloud denied ${name} ${denial.action} on ${denial.resource}: ${theirGround(denial)}.`;
  const ours = sentenceOf(decision);
  const [first] = reasons;
  const isSaid = agreement === "AGREES" || first === undefined || ours.includes(first.finding.message);
  return `${theirs} ${LINK[agreement]} ${ours}${isSaid ? "" : ` To look at first: ${first.finding.message}.`}`;
}

const LINK = {
  AGREES: "Our answer is the same:",
  DIFFERS: "Our answer differs:",
  OPEN: "Our answer is open:",
} as const;

function theirGround({ isExplicit, layer, matched }: ExplainedDenial["denial"]): string {
  const kind = layer === undefined ? "a policy" : KINDS[layer];
  if (!isExplicit) return layer === undefined ? "nothing allows it" : `nothing in ${kind} allows it`;
  const denying = matched.filter(({ effect }) => effect === "Deny").map(({ identifier }) => `\`${identifier}\``);
  return `${denying.length === 0 ? kind : `${denying.join(" and ")}, ${kind},`} denies it`;
}

const KINDS: Readonly<Record<PolicyLayer, string>> = {
  CONTROL_POLICY: "the control policies",
  SESSION_POLICY: "the session policy",
  ACCOUNT_LEVEL_IDENTITY_POLICY: "the identity policies of the account level",
  RESOURCE_GROUP_LEVEL_IDENTITY_POLICY: "the identity policies of the resource group level",
  RESOURCE_POLICY: "the policy of the resource",
  ASSUME_ROLE_POLICY: "the role's trust policy",
  CROSS_ACCOUNT: "the other account",
};
