/** `AliyunServiceRolePolicyFor…` is what the cloud calls the policies of service-linked roles, wherever they are listed. */
export function isLinkedPolicyName(name: string): boolean {
  return /^AliyunServiceRolePolicyFor/i.test(name);
}
