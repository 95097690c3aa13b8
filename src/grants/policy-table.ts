import { COVERS_OTHERS, digestStatement } from "../policy/prepared/statement-digest.js";
import { type PolicyUnit, unitAt } from "./policy-units.js";
import type { Snapshot } from "./snapshot.js";

/** How many numbers a statement has in the table: see `StatementDigest`, whose members they are in order. */
export const DIGEST_SIZE = 4;

const UNSEEN = -1;
const EVERY_SERVICE = -1;

/**
 * The policies of a snapshot as numbers, each written down when it first matters. Deciding about one of hundreds of thousands
 * of principals costs what has to be fetched from memory: numbers that lie together are fetched at once, objects one by one.
 */
export class PolicyTable {
  /**
   * Of each policy by number a pair: the services that one of its statements may be about (`textBit` of each; all of them as
   * long as nobody looked), and the index of its list.
   */
  readonly heads: Int32Array;
  /** Lists of digests, each behind the number of its statements. */
  digests = new Int32Array(1_024);
  #end = 0;

  constructor(private readonly snapshot: Snapshot) {
    this.heads = new Int32Array(snapshot.reach.policyCount * 2).fill(UNSEEN);
  }

  /** Where the list of a policy begins in `digests`, which may be another array afterwards. */
  listOf(policy: number): number {
    const known = this.heads[policy * 2 + 1] ?? UNSEEN;
    return known === UNSEEN ? this.#write(policy) : known;
  }

  /** The prepared policy of a number; undefined for one that is gone, which has no statements in the table. */
  unit(policy: number): PolicyUnit | undefined {
    return unitAt(this.snapshot, policy);
  }

  #write(policy: number): number {
    const statements = this.unit(policy)?.statements ?? [];
    const list = this.#end;
    this.#makeRoom(1 + statements.length * DIGEST_SIZE);
    this.digests[this.#end++] = statements.length;
    let services = 0;
    for (const statement of statements) {
      const digest = digestStatement(statement);
      services |= (digest.otherwise & COVERS_OTHERS) === 0 ? digest.services : EVERY_SERVICE;
      this.digests[this.#end++] = digest.services;
      this.digests[this.#end++] = digest.otherServices;
      this.digests[this.#end++] = digest.resourceServices;
      this.digests[this.#end++] = digest.otherwise;
    }
    this.heads[policy * 2] = services;
    this.heads[policy * 2 + 1] = list;
    return list;
  }

  #makeRoom(more: number): void {
    if (this.#end + more <= this.digests.length) return;
    const grown = new Int32Array((this.#end + more) * 2);
    grown.set(this.digests);
    this.digests = grown;
  }
}
