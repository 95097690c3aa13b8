/**
 * Hashes of the keys of who can carry policies, in the order of the keys, as sixteen hexadecimal digits. A row of a million
 * attachments names its carrier by eight bytes instead of a text, which neither side has to build, send or look up.
 */
export interface CarrierHashes {
  readonly groups: string[];
  readonly roles: string[];
  readonly users: string[];
}

/** SQL for the hash of a text, as an eight byte integer. */
export const hashSql = (column: string) => `hashtextextended(${column}, 0)`;

/** The hash of a table's own key, beside its columns. */
export const KEY_HASH = { hash: `encode(int8send(${hashSql("id")}), 'hex')` } as const;

/** Finds the number of a carrier by the two halves of its hash. */
export type CarrierNumbers = (high: number, low: number) => number;

/**
 * Numbers carriers: groups first, then roles, then users.
 * @throws when two share a hash, of which the chance is one in a thousand million for two hundred thousand carriers
 */
export function numberHashes({ groups, roles, users }: CarrierHashes): CarrierNumbers {
  const hashes = [...groups, ...roles, ...users];
  const size = 2 ** Math.ceil(Math.log2(hashes.length * 2 + 2));
  const slots = new Int32Array(size).fill(-1);
  const [highs, lows] = [new Uint32Array(hashes.length), new Uint32Array(hashes.length)];
  const slotOf = (high: number, low: number) => {
    let slot = (low ^ high) & (size - 1);
    for (;;) {
      const number = slots[slot] ?? -1;
      if (number === -1 || (highs[number] === high && lows[number] === low)) return slot;
      slot = (slot + 1) & (size - 1);
    }
  };
  for (const [number, hash] of hashes.entries()) {
    const [high, low] = [Number.parseInt(hash.slice(0, 8), 16), Number.parseInt(hash.slice(8), 16)];
    const slot = slotOf(high, low);
    if (slots[slot] !== -1) throw new Error("two users, groups or roles have the same hash");
    slots[slot] = number;
    highs[number] = high;
    lows[number] = low;
  }
  return (high, low) => slots[slotOf(high, low)] ?? -1;
}
