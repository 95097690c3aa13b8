import type { Key } from "../inventory/keys.js";

/**
 * Whoever can carry policies, as they are read: keys in their order, and of each key a hash as two halves of 32 bits. A row of a
 * million attachments names its carrier by such a hash instead of a text, which neither side has to build, send or look up.
 */
export interface CarrierList {
  readonly keys: Key[];
  readonly hashes: number[];
}

/** Groups first, then roles, then users, each in the order of keys. */
export interface CarrierLists {
  readonly groups: CarrierList;
  readonly roles: CarrierList;
  readonly users: CarrierList;
}

/** SQL for the hash of a text, as an eight byte integer. */
export const hashSql = (column: string) => `hashtextextended(${column}, 0)`;

/** The hash of a table's own key, beside its columns: sixteen hexadecimal digits. */
export const KEY_HASH = { hash: `encode(int8send(${hashSql("id")}), 'hex')` } as const;

export const emptyCarriers = (): CarrierLists => ({
  groups: { keys: [], hashes: [] },
  roles: { keys: [], hashes: [] },
  users: { keys: [], hashes: [] },
});

export function addCarrier({ keys, hashes }: CarrierList, key: Key, hash: string): void {
  keys.push(key);
  hashes.push(Number.parseInt(hash.slice(0, 8), 16), Number.parseInt(hash.slice(8), 16));
}

/** The same for many, whose hashes are eight bytes each. */
export function addCarriers(list: CarrierList, keys: readonly Key[], hashes: Uint8Array): void {
  const halves = new DataView(hashes.buffer, hashes.byteOffset, hashes.byteLength);
  for (const [at, key] of keys.entries()) {
    list.keys.push(key);
    list.hashes.push(halves.getUint32(at * 8), halves.getUint32(at * 8 + 4));
  }
}

/** Finds the place of a carrier by the two halves of its hash; -1 for nobody's. */
export type CarrierPlaces = (high: number, low: number) => number;

/** How many carriers are given their slots before others get their turn. */
const STEP = 5_000;

/**
 * Step by step, as there may be hundreds of thousands.
 * @throws when two share a hash, of which the chance is one in a thousand million for two hundred thousand carriers
 */
export function* placesByHash(lists: CarrierLists): Generator<undefined, CarrierPlaces, undefined> {
  const hashes = allHashes(lists);
  const count = hashes.length / 2;
  const mask = 2 ** Math.ceil(Math.log2(count * 2 + 2)) - 1;
  const slots = new Int32Array(mask + 1).fill(-1);
  const slotOf = (high: number, low: number) => {
    let slot = (low ^ high) & mask;
    for (;;) {
      const place = slots[slot] ?? -1;
      if (place === -1 || (hashes[place * 2] === high && hashes[place * 2 + 1] === low)) return slot;
      slot = (slot + 1) & mask;
    }
  };
  for (let place = 0; place < count; place++) {
    if (place % STEP === 0) yield undefined;
    const slot = slotOf(hashes[place * 2] ?? 0, hashes[place * 2 + 1] ?? 0);
    if (slots[slot] !== -1) throw new Error("two users, groups or roles have the same hash");
    slots[slot] = place;
  }
  return (high, low) => slots[slotOf(high, low)] ?? -1;
}

function allHashes({ groups, roles, users }: CarrierLists): Uint32Array {
  const hashes = new Uint32Array(groups.hashes.length + roles.hashes.length + users.hashes.length);
  hashes.set(groups.hashes);
  hashes.set(roles.hashes, groups.hashes.length);
  hashes.set(users.hashes, groups.hashes.length + roles.hashes.length);
  return hashes;
}
