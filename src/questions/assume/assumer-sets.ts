import { addAll, type Bits, noBits } from "../../grants/bits.js";
import type { ResourcePattern } from "../../policy/arn.js";
import { assumedRole } from "./assume-question.js";
import { type HopperGroup, sidesOf, tellsRoles } from "./hoppers.js";
import type { Hops } from "./hops.js";
import { hopsInto } from "./hops-into.js";
import { walk } from "./reach.js";
import type { TrustingRole } from "./trusting-roles.js";

/** Whatever is no plain no. */
const TIER = "UNDETERMINED";

/** More sets than this are not kept: each has a bit for everybody. */
const MOST_KEPT = 256;

/** Who gets to roles by assuming roles, over however many. Of roles that let in the same users and roles that is found out once. */
export class AssumerSets {
  readonly #known = new Map<string, Bits>();
  readonly #patterns: readonly ResourcePattern[];
  readonly #isByRole: boolean;

  constructor(private readonly hops: Hops) {
    const telling = hops.hoppers.groups.filter(tellsRoles);
    this.#patterns = patternsOf(telling);
    this.#isByRole = telling.some(({ isByRole }) => isByRole);
  }

  /** Places of those who get to a role, if they were found before. */
  known(to: TrustingRole): Bits | undefined {
    return this.#known.get(this.#doorOf(to));
  }

  /** Places of those who get to a role; the role itself may be among them. Yields now and then. */
  *of(to: TrustingRole): Generator<undefined, Bits, undefined> {
    const known = this.known(to);
    if (known !== undefined) return known;
    const found = yield* this.#find(to);
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(this.#doorOf(to), found);
    return found;
  }

  /** Equal for roles that the same users and roles may assume. */
  #doorOf(to: TrustingRole): string {
    const resource = assumedRole(to.role);
    if (to.isPersonal || this.#isByRole || resource === undefined) return to.key;
    return `${to.kind} ${sidesOf({ patterns: this.#patterns }, resource)}`;
  }

  *#find({ place }: TrustingRole): Generator<undefined, Bits, undefined> {
    const { principals } = this.hops.snapshot;
    const found = noBits(principals.length);
    const direct = yield* hopsInto(this.hops, TIER)(place, found);
    const roles = [...direct].filter((from) => principals[from]?.kind === "ROLE");
    yield undefined;
    const farther = yield* walk(this.hops.snapshot, roles, hopsInto(this.hops, TIER));
    addAll(found, direct);
    yield undefined;
    for (let from = 0; from < farther.length; from++) {
      if (farther[from] !== 0) found[from >>> 5] = (found[from >>> 5] ?? 0) | (1 << (from & 31));
    }
    return found;
  }
}

function patternsOf(groups: readonly HopperGroup[]): readonly ResourcePattern[] {
  const patterns = groups.flatMap((group) => group.patterns);
  return [...new Map(patterns.map((pattern) => [pattern.text, pattern])).values()];
}
