import { scopedGrants } from "../../grants/compiled-policy.js";
import { reachBuffer } from "../../grants/reach.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import type { Grant } from "../../policy/grant.js";

/** What is read of the statements of a policy, once at each scope, and told of all whom it reaches. */
export class ReadByPolicy<Found extends object> {
  /** By the policy's number, at account scope; null where nothing is found. */
  private readonly wide: (Found | null)[] = [];
  /** The same at other scopes. */
  private readonly scoped = new Map<number, Found | null>();
  private readonly buffer = reachBuffer();

  /**
   * @param read gives undefined where nothing is found
   * @param among in all others nothing is found
   */
  constructor(
    private readonly snapshot: Snapshot,
    private readonly read: (grants: readonly Grant[]) => Found | undefined,
    private readonly among: Pick<ReadonlySet<Key>, "has"> = snapshot.policies,
  ) {}

  /** What is found of each policy, at each scope, that reaches whoever stands at a place. */
  at(place: number): readonly Found[] {
    const { buffer } = this;
    const count = this.snapshot.reach.fillReaches(place, buffer);
    const all: Found[] = [];
    for (let at = 0; at < count; at++) {
      const found = this.of(buffer.policies[at] ?? 0, buffer.scopes[at] ?? 0);
      if (found !== null && !all.includes(found)) all.push(found);
    }
    return all;
  }

  private of(policy: number, scope: number): Found | null {
    const { reach } = this.snapshot;
    const id = scope * reach.policyCount + policy;
    const known = scope === 0 ? this.wide[policy] : this.scoped.get(id);
    if (known !== undefined) return known;
    const key = reach.policyKey(policy);
    const found = (this.among.has(key) ? this.read(this.grantsOf(key, scope)) : undefined) ?? null;
    if (scope === 0) this.wide[policy] = found;
    else this.scoped.set(id, found);
    return found;
  }

  private grantsOf(policy: Key, scope: number): readonly Grant[] {
    const { reach, policies } = this.snapshot;
    const wide = policies.get(policy)?.grants ?? [];
    return scope === 0 ? wide : scopedGrants(wide, reach.scopeName(scope));
  }
}
