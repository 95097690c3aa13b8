import type { Key } from "../inventory/keys.js";
import type { AttachmentIndex } from "./attachment-index.js";
import type { CompiledPrincipal } from "./compiled-principal.js";
import { linksOf } from "./links.js";
import type { MembershipIndex } from "./membership-index.js";
import { PlaceCollector, type PolicyPlaces } from "./policy-places.js";
import { growBuffer, type Reach, type ReachBuffer } from "./reach.js";

/** What reaches whom in a snapshot that was compiled: read off the columns, and kept for each policy once it was asked for. */
export class CompiledReach implements Reach {
  readonly #places: (PolicyPlaces | undefined)[] = [];

  constructor(
    readonly index: AttachmentIndex,
    readonly memberships: MembershipIndex,
  ) {}

  get principals(): readonly CompiledPrincipal[] {
    return this.index.carriers.principals;
  }

  get policyCount(): number {
    return this.index.policyKeys.length;
  }

  readonly policyNumber = (policy: Key): number | undefined => this.index.policyNumberOf.get(policy);
  readonly policyKey = (policy: number): Key => this.index.policyKeys[policy] ?? "";
  readonly scopeName = (scope: number): string => this.index.scopeNames[scope] ?? "";
  readonly wide = (policy: number) => this.placesOf(policy).wide;
  readonly scoped = (policy: number) => this.placesOf(policy).scoped;
  readonly reached = (policy: number) => this.placesOf(policy).reached;

  placesOf(policy: number): PolicyPlaces {
    const places = this.#places[policy] ?? this.#collect(policy);
    this.#places[policy] = places;
    return places;
  }

  #collect(policy: number): PolicyPlaces {
    const { start, carrier, scope } = this.index;
    const collector = new PlaceCollector();
    for (let row = start[policy] ?? 0; row < (start[policy + 1] ?? 0); row++) {
      const [bearer, at] = [carrier[row] ?? 0, scope[row] ?? 0];
      if (bearer < this.principals.length) collector.add(bearer, at);
      else for (const place of linksOf(this.memberships.membersOf, bearer)) collector.add(place, at);
    }
    return collector.collect();
  }

  readonly fillReaches = (place: number, into: ReachBuffer): number => {
    const { start, to } = this.memberships.groupsOf;
    let count = this.#fill(place, into, 0);
    const end = start[place + 1] ?? 0;
    for (let at = start[place] ?? 0; at < end; at++) count = this.#fill(to[at] ?? 0, into, count);
    return count;
  };

  /** Adds the own policies of a carrier; gives how many there are then. */
  #fill(carrier: number, into: ReachBuffer, count: number): number {
    const { rowsOf, policyOfRow, scopeOfRow } = this.index;
    const [from, end] = [rowsOf.start[carrier] ?? 0, rowsOf.start[carrier + 1] ?? 0];
    growBuffer(into, count + end - from);
    const { policies, scopes } = into;
    for (let row = from; row < end; row++) {
      policies[count + row - from] = policyOfRow[row] ?? 0;
      scopes[count + row - from] = scopeOfRow[row] ?? 0;
    }
    return count + end - from;
  }
}
