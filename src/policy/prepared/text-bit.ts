/** One bit of 32 for a text: texts whose bits differ are different. */
export function textBit(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return 1 << ((hash ^ (hash >>> 7) ^ (hash >>> 17)) & 31);
}
