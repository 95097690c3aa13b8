import { type Bits, countOnes, hasBit } from "./bits.js";

/** A set that knows how many members it has. What others hold as well is copied before it changes. */
export class CountedBits {
  private members: Bits;
  private isShared: boolean;
  private size: number;

  /** @param members the set itself, in which there is nothing yet */
  constructor(members: Bits) {
    this.members = members;
    this.isShared = false;
    this.size = 0;
  }

  get bits(): Bits {
    return this.members;
  }

  get count(): number {
    return this.size;
  }

  /** The same set for somebody who may change it; this one must not change any more. */
  share(): CountedBits {
    const shared = new CountedBits(this.members);
    shared.isShared = true;
    shared.size = this.size;
    return shared;
  }

  add(number: number): void {
    if (!hasBit(this.members, number)) this.addWord(number >>> 5, 1 << (number & 31));
  }

  /** Adds members of one word, none of which is in the set. What lies beyond the set is left out. */
  addWord(word: number, members: number): void {
    if (members === 0 || word >= this.members.length) return;
    const own = this.writable();
    own[word] = (own[word] ?? 0) | members;
    this.size += countOnes(members);
  }

  /** Of some numbers of one word, has these members and no others. What lies beyond the set is left out. */
  putWord(word: number, mask: number, members: number): void {
    if (word >= this.members.length) return;
    const before = this.members[word] ?? 0;
    const after = (before & ~mask) | members;
    if (after === (before | 0)) return;
    this.writable()[word] = after;
    this.size += countOnes(after) - countOnes(before);
  }

  private writable(): Bits {
    if (this.isShared) this.members = this.members.slice();
    this.isShared = false;
    return this.members;
  }
}
