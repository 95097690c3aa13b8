/** One bit of 32 for a text: texts whose bits differ are different. */
export function textBit(text: string): number {
  const hash = hashOf(text);
  return 1 << ((hash ^ (hash >>> 7) ^ (hash >>> 17)) & 31);
}

/** Another such bit: of texts that share the first, most differ in this one. */
export function otherTextBit(text: string): number {
  return 1 << (Math.imul(hashOf(text), 0x9e3779b1) >>> 27);
}

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}
