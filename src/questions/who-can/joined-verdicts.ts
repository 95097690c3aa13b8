import { type Bits, noBits } from "../../grants/bits.js";
import { CountedBits } from "../../grants/counted-bits.js";
import type { Verdict } from "../../policy/decide.js";
import { type VerdictSets, verdictSets } from "./settle-words.js";

/** Places by what is known of one request, or of several together. Who is in none of the sets is denied. */
export class JoinedVerdicts {
  private readonly allowed: Bits;
  private readonly conditional: Bits;
  private readonly undetermined: Bits;
  /** Those of whom more than one request hangs on something: whether these fit together takes a decision. */
  readonly left: Bits;

  /** @param sets of one request, which are copied */
  constructor({ ALLOWED, CONDITIONAL, UNDETERMINED }: VerdictSets) {
    this.allowed = ALLOWED.bits.slice();
    this.conditional = CONDITIONAL.bits.slice();
    this.undetermined = UNDETERMINED.bits.slice();
    this.left = noBits(this.allowed.length * 32);
  }

  /** Both must succeed: what one hangs on, where the other is allowed, is what both hang on. */
  joinAll(other: JoinedVerdicts): void {
    for (let word = 0; word < this.left.length; word++) {
      const open = this.notDenied(word) & other.notDenied(word);
      const [one, two] = [this.allowed[word] ?? 0, other.allowed[word] ?? 0];
      const conditional = ((this.conditional[word] ?? 0) & two) | (one & (other.conditional[word] ?? 0));
      const undetermined = ((this.undetermined[word] ?? 0) & two) | (one & (other.undetermined[word] ?? 0));
      this.put(word, open, one & two, conditional, undetermined);
    }
  }

  /** One must succeed: what one hangs on, where the other is denied, is what either hangs on. */
  joinAny(other: JoinedVerdicts): void {
    for (let word = 0; word < this.left.length; word++) {
      const [one, two] = [this.notDenied(word), other.notDenied(word)];
      const conditional = ((this.conditional[word] ?? 0) & ~two) | (~one & (other.conditional[word] ?? 0));
      const undetermined = ((this.undetermined[word] ?? 0) & ~two) | (~one & (other.undetermined[word] ?? 0));
      this.put(word, one | two, (this.allowed[word] ?? 0) | (other.allowed[word] ?? 0), conditional, undetermined);
    }
  }

  /** As sets of those verdicts that are wanted, to which more may be added. */
  sets(wanted: ReadonlySet<Verdict>): VerdictSets {
    const { allowed, conditional, undetermined } = this;
    const found: Partial<Record<Verdict, Bits>> = {
      ALLOWED: allowed,
      CONDITIONAL: conditional,
      UNDETERMINED: undetermined,
    };
    return verdictSets(wanted, (verdict) => {
      const set = new CountedBits(noBits(allowed.length * 32));
      for (const [word, members] of found[verdict]?.entries() ?? []) set.addWord(word, members);
      return set;
    });
  }

  private notDenied(word: number): number {
    const { allowed, conditional, undetermined, left } = this;
    return (allowed[word] ?? 0) | (conditional[word] ?? 0) | (undetermined[word] ?? 0) | (left[word] ?? 0);
  }

  /** @param open those who are not denied: who has no verdict of them is left */
  private put(word: number, open: number, allowed: number, conditional: number, undetermined: number): void {
    this.allowed[word] = allowed;
    this.conditional[word] = conditional;
    this.undetermined[word] = undetermined;
    this.left[word] = open & ~(allowed | conditional | undetermined);
  }
}
