import { scopedGrants } from "../../grants/compiled-policy.js";
import { placeOf } from "../../grants/place-of.js";
import { reachBuffer } from "../../grants/reach.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Grant } from "../../policy/grant.js";
import { type Foothold, isAsItIs } from "./foothold.js";
import { type OfEachKind, Sayings, saysAnything } from "./sayings.js";

/** What the statements that reach somebody say of steps. Each policy is read once for a search, as most reach many. */
export class ReachingSayings {
  private readonly sayings: Sayings;
  /** By the policy's number, at account scope. */
  private readonly wide: OfEachKind[] = [];
  private readonly scoped = new Map<string, OfEachKind>();
  private readonly buffer = reachBuffer();

  constructor(private readonly snapshot: Snapshot) {
    this.sayings = new Sayings(snapshot);
  }

  /** What some statements say; those that say nothing of any step are left out. */
  among(grants: readonly Grant[]): readonly OfEachKind[] {
    return this.sayings.of(grants);
  }

  /** What those say that reach a foothold, one policy or statement after the other. */
  of(foothold: Foothold): readonly OfEachKind[] {
    const place = isAsItIs(foothold) ? placeOf(this.snapshot, foothold.principal) : undefined;
    return place === undefined ? this.among(foothold.grants) : this.at(place);
  }

  private at(place: number): readonly OfEachKind[] {
    const { buffer } = this;
    const count = this.snapshot.reach.fillReaches(place, buffer);
    const all: OfEachKind[] = [];
    for (let at = 0; at < count; at++) {
      const each = this.ofPolicy(buffer.policies[at] ?? 0, buffer.scopes[at] ?? 0);
      if (saysAnything(each) && !all.includes(each)) all.push(each);
    }
    return all;
  }

  private ofPolicy(policy: number, scope: number): OfEachKind {
    const known = scope === 0 ? this.wide[policy] : this.scoped.get(`${policy} ${scope}`);
    if (known !== undefined) return known;
    const { reach, policies } = this.snapshot;
    const wide = policies.get(reach.policyKey(policy))?.grants ?? [];
    const said = this.sayings.ofAll(scope === 0 ? wide : scopedGrants(wide, reach.scopeName(scope)));
    if (scope === 0) this.wide[policy] = said;
    else this.scoped.set(`${policy} ${scope}`, said);
    return said;
  }
}
