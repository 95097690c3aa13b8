/** System policies are named after what they give access to. */
const NAME = /(?<![A-Za-z0-9])(?:Aliyun[A-Z][A-Za-z0-9]*|Administrator|PowerUser)Access(?![A-Za-z0-9])/g;
/** Any policy that the cloud keeps, on a page that is about it: for users, for services, for service-linked roles. */
const KEPT = /^(?:Aliyun[A-Z][A-Za-z0-9]{2,120}|(?:Administrator|PowerUser|ReadOnly)Access)$/;

/** System policies that a text names, in its order; `AliyunXXXFullAccess` is no name. */
export function policyMentions(text: string): string[] {
  return (text.match(NAME) ?? []).filter((name) => !/XXX/.test(name));
}

/** The policy that a line consists of, be it a heading or an item of a list. */
export function policyNamedAlone(text: string): string | undefined {
  const name = text.replace(/^(?:[-•*]|\d+[.)])\s+/, "");
  return policyMentions(name)[0] === name ? name : undefined;
}

/** True for a name that a page about one policy can have. */
export function isKeptPolicyName(text: string): boolean {
  return KEPT.test(text);
}

const HIGH_RISK = /high[- ]risk|高风险|高危/i;

export function warnsOfRisk(text: string): boolean {
  return HIGH_RISK.test(text);
}
