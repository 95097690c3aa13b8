import type { Key } from "../inventory/keys.js";
import type { AttachmentIndex } from "./attachment-index.js";
import type { CompiledPrincipal } from "./compiled-principal.js";
import type { MembershipIndex } from "./membership-index.js";
import { listPlaces, type PlaceLists } from "./place-lists.js";
import { type PolicyPlaces, reachedPlaces } from "./policy-places.js";
import { growBuffer, type Reach, type ReachBuffer } from "./reach.js";

/** What reaches whom as compiled, step by step. */
export function* compileReach(
  index: AttachmentIndex,
  memberships: MembershipIndex,
): Generator<undefined, CompiledReach, undefined> {
  return new CompiledReach(index, memberships, yield* listPlaces(index, memberships));
}

/** What reaches whom in a snapshot that was compiled: read off the columns. */
export class CompiledReach implements Reach {
  readonly #places: (PolicyPlaces | undefined)[] = [];
  #scopes: ReadonlyMap<string, number> | undefined;

  constructor(
    readonly index: AttachmentIndex,
    readonly memberships: MembershipIndex,
    private readonly lists: PlaceLists,
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
  readonly scopeNumber = (name: string): number | undefined => {
    this.#scopes ??= new Map(this.index.scopeNames.map((known, number) => [known, number]));
    return this.#scopes.get(name);
  };
  readonly reached = (policy: number) => reachedPlaces(this.places(policy));

  /** Views of the lists, kept once they were asked for. */
  readonly places = (policy: number): PolicyPlaces => {
    const places = this.#places[policy] ?? { wide: this.lists.wide(policy), scoped: this.lists.scoped(policy) };
    this.#places[policy] = places;
    return places;
  };

  readonly fillReaches = (place: number, into: ReachBuffer): number => {
    const { start, to } = this.memberships.groupsOf;
    let count = this.#fill(place, into, 0);
    const end = start[place + 1] ?? 0;
    for (let at = start[place] ?? 0; at < end; at++) count = this.#fill(to[at] ?? 0, into, count);
    return count;
  };

  /** Adds the own policies of a carrier; gives how many there are then. */
  #fill(carrier: number, into: ReachBuffer, count: number): number {
    const { rowsOf, reaches } = this.index;
    const [from, end] = [rowsOf.start[carrier] ?? 0, rowsOf.start[carrier + 1] ?? 0];
    growBuffer(into, count + end - from);
    const { policies, scopes } = into;
    for (let row = from; row < end; row++) {
      policies[count + row - from] = reaches[row * 2] ?? 0;
      scopes[count + row - from] = reaches[row * 2 + 1] ?? 0;
    }
    return count + end - from;
  }
}
