/** `AliyunServiceRoleFor…` is how the cloud names service-linked roles; a fallback where no response tells. */
export function isLinkedRoleName(name: string): boolean {
  return /^AliyunServiceRoleFor/i.test(name);
}
