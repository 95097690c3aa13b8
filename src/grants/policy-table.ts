import type { PreparedStatement } from "../policy/prepared/prepared-statement.js";
import { COVERS_OTHERS, digestStatement } from "../policy/prepared/statement-digest.js";
import type { Snapshot } from "./snapshot.js";
import { unitAt } from "./unit-at.js";

/** How many numbers a statement has in `digests`: see `StatementDigest`, whose members they are in order. */
export const DIGEST_SIZE = 4;

const UNSEEN = -1;
const EVERY_SERVICE = -1;

/**
 * The policies of a snapshot as numbers, each written down when it first matters. Deciding about one of hundreds of thousands
 * of principals costs what has to be fetched from memory: numbers that lie together are fetched at once, objects one by one.
 */
export class PolicyTable {
  /**
   * Of each policy by number: the services that one of its statements may be about (`textBit` of each; all of them as long as nobody
   * looked). By themselves, for of most policies nothing else is read.
   */
  readonly services: Int32Array;
  /** Of each policy in pairs: the number of its first statement, and the number after its last. */
  readonly bounds: Int32Array;
  /** Of all statements by number. */
  digests = new Int32Array(256 * DIGEST_SIZE);
  readonly statements: PreparedStatement[] = [];

  constructor(private readonly snapshot: Snapshot) {
    const { policyCount } = snapshot.reach;
    this.services = new Int32Array(policyCount).fill(EVERY_SERVICE);
    this.bounds = new Int32Array(policyCount * 2).fill(UNSEEN);
  }

  /** Makes sure that a policy is written down; `digests` may be another array afterwards. One that is gone has no statements. */
  look(policy: number): void {
    if (this.bounds[policy * 2] === UNSEEN) this.#write(policy);
  }

  #write(policy: number): void {
    let services = 0;
    this.bounds[policy * 2] = this.statements.length;
    for (const statement of unitAt(this.snapshot, policy)?.statements ?? []) services |= this.#add(statement);
    this.services[policy] = services;
    this.bounds[policy * 2 + 1] = this.statements.length;
  }

  /** Gives the services that the statement may be about. */
  #add(statement: PreparedStatement): number {
    const { services, otherServices, resourceServices, otherwise } = digestStatement(statement);
    const at = this.statements.push(statement) * DIGEST_SIZE - DIGEST_SIZE;
    if (at === this.digests.length) this.#grow();
    this.digests[at] = services;
    this.digests[at + 1] = otherServices;
    this.digests[at + 2] = resourceServices;
    this.digests[at + 3] = otherwise;
    return (otherwise & COVERS_OTHERS) === 0 ? services : EVERY_SERVICE;
  }

  #grow(): void {
    const grown = new Int32Array(this.digests.length * 2);
    grown.set(this.digests);
    this.digests = grown;
  }
}
