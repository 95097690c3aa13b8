/** The text of a saved page, or why it cannot be read. */
export type DecodedPage = { readonly text: string } | { readonly reason: string };

/** Decodes UTF-8 strictly (one byte order mark is dropped); NUL is refused, since no page holds one and Postgres cannot. */
export function decodePage(bytes: Uint8Array): DecodedPage {
  const bad = firstBadByte(bytes);
  if (bad !== undefined) {
    return { reason: `the page is not UTF-8: byte ${bad} starts no character; save it as UTF-8 and import it again` };
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1) return { reason: `the page holds a NUL at byte ${nul}: this is no text` };
  return { text: new TextDecoder().decode(bytes) };
}

/** Offset of the first byte that is not part of well-formed UTF-8 (RFC 3629). */
function firstBadByte(bytes: Uint8Array): number | undefined {
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return undefined;
}

/** Lead byte ranges with the length of the sequence and the range of its second byte. */
const SEQUENCES = [
  { from: 0xc2, to: 0xdf, length: 2, low: 0x80, high: 0xbf },
  { from: 0xe0, to: 0xe0, length: 3, low: 0xa0, high: 0xbf },
  { from: 0xe1, to: 0xec, length: 3, low: 0x80, high: 0xbf },
  { from: 0xed, to: 0xed, length: 3, low: 0x80, high: 0x9f },
  { from: 0xee, to: 0xef, length: 3, low: 0x80, high: 0xbf },
  { from: 0xf0, to: 0xf0, length: 4, low: 0x90, high: 0xbf },
  { from: 0xf1, to: 0xf3, length: 4, low: 0x80, high: 0xbf },
  { from: 0xf4, to: 0xf4, length: 4, low: 0x80, high: 0x8f },
];

function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const form = SEQUENCES.find(({ from, to }) => lead >= from && lead <= to);
  const second = bytes[at + 1] ?? 0;
  if (form === undefined || second < form.low || second > form.high) return 0;
  for (let next = at + 2; next < at + form.length; next++) {
    if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return form.length;
}
