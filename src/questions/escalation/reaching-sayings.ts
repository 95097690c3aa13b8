import { placeOf } from "../../grants/place-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import type { Grant } from "../../policy/grant.js";
import { type Foothold, isAsItIs } from "./foothold.js";
import { ReadByPolicy } from "./read-by-policy.js";
import { type OfEachKind, Sayings, saysAnything } from "./sayings.js";

/** What the statements that reach somebody say of steps. */
export class ReachingSayings {
  private readonly sayings: Sayings;
  private readonly ofPolicies: ReadByPolicy<OfEachKind>;

  /** @param policies those that may speak of any of the calls */
  constructor(
    private readonly snapshot: Snapshot,
    policies: ReadonlySet<Key>,
  ) {
    this.sayings = new Sayings(snapshot);
    const read = (grants: readonly Grant[]) => {
      const all = this.sayings.ofAll(grants);
      return saysAnything(all) ? all : undefined;
    };
    this.ofPolicies = new ReadByPolicy(snapshot, read, policies);
  }

  /** What some statements say; those that say nothing of any step are left out. */
  among(grants: readonly Grant[]): readonly OfEachKind[] {
    return this.sayings.of(grants);
  }

  /** What those say that reach a foothold, one policy or statement after the other. */
  of(foothold: Foothold): readonly OfEachKind[] {
    const place = isAsItIs(foothold) ? placeOf(this.snapshot, foothold.principal) : undefined;
    return place === undefined ? this.among(foothold.grants) : this.ofPolicies.at(place);
  }
}
