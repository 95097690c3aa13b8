import type { Key } from "../inventory/keys.js";
import type { CompiledPrincipal } from "./compiled-principal.js";
import type { CompiledReach } from "./compiled-reach.js";
import { linksOf } from "./links.js";
import { NOT_SCOPED, PlaceCollector, type PolicyPlaces, reachedPlaces, type ScopedPlaces } from "./policy-places.js";
import { growBuffer, type Reach, type ReachBuffer } from "./reach.js";
import { reachesOf } from "./reaches-of.js";
import type { Snapshot } from "./snapshot.js";

/** The parts of a snapshot that say what reaches whom. */
export type Reaching = Pick<
  Snapshot,
  "principals" | "attachmentsOfPrincipal" | "attachmentsOfPolicy" | "groupsOfUser" | "usersOfGroup"
>;

/** What is no longer as it was compiled. */
export interface Patches {
  /** Policies that may reach others, and whoever carries other policies or is in other groups. */
  readonly policies: ReadonlySet<Key>;
  readonly carriers: ReadonlySet<Key>;
  /** Policies that were gone at some time: what was compiled of who carries them holds no more. */
  readonly gone: ReadonlySet<Key>;
  /** Numbers of policies that came since; they follow those that were compiled. */
  readonly added: ReadonlyMap<Key, number>;
  /** Numbers of resource groups that came since; they follow those that were compiled. */
  readonly scopes: ReadonlyMap<string, number>;
}

/** What reaches whom in a snapshot that was updated: what did not change is read off the columns of the one that was compiled. */
export class PatchedReach implements Reach {
  readonly #places = new Map<number, PolicyPlaces>();
  #moves: Moves | undefined;
  /** Numbers of the policies that may reach others. */
  #touched: ReadonlySet<number> | undefined;
  #dirty: Uint8Array | undefined;
  #addedKeys: readonly Key[] | undefined;
  #scopeNames: readonly string[] | undefined;

  constructor(
    readonly base: CompiledReach,
    readonly patches: Patches,
    private readonly state: Reaching,
  ) {}

  get policyCount(): number {
    return this.base.policyCount + this.patches.added.size;
  }

  readonly policyNumber = (policy: Key): number | undefined =>
    this.base.policyNumber(policy) ?? this.patches.added.get(policy);

  readonly policyKey = (policy: number): Key => {
    if (policy < this.base.policyCount) return this.base.policyKey(policy);
    this.#addedKeys ??= [...this.patches.added.keys()];
    return this.#addedKeys[policy - this.base.policyCount] ?? "";
  };

  readonly scopeName = (scope: number): string => {
    this.#scopeNames ??= [...this.patches.scopes.keys()];
    return this.#scopeNames[scope - this.base.index.scopeNames.length] ?? this.base.scopeName(scope);
  };

  readonly reached = (policy: number) => reachedPlaces(this.places(policy));

  readonly places = (policy: number): PolicyPlaces => {
    const isTouched = this.#touchedOnes().has(policy);
    if (!isTouched && this.#isUnmoved()) return this.base.places(policy);
    const places = this.#places.get(policy) ?? (isTouched ? this.#collect(policy) : this.#move(policy));
    this.#places.set(policy, places);
    return places;
  };

  #touchedOnes(): ReadonlySet<number> {
    this.#touched ??= new Set([...this.patches.policies].flatMap((key) => this.policyNumber(key) ?? []));
    return this.#touched;
  }

  #collect(policy: number): PolicyPlaces {
    const collector = new PlaceCollector();
    for (const { principal, resourceGroupId } of this.state.attachmentsOfPolicy.get(this.policyKey(policy)) ?? []) {
      const scope = this.#scopeNumber(resourceGroupId ?? "");
      for (const key of this.state.usersOfGroup.get(principal) ?? [principal]) {
        const place = this.#placeOf(key);
        if (place !== undefined) collector.add(place, scope);
      }
    }
    return collector.collect();
  }

  /** Whom the policy reached and reaches still, where they are now. */
  #move(policy: number): PolicyPlaces {
    const { wide, scoped } = this.base.places(policy);
    const { placeOf, isInOrder } = this.#moved();
    if (isInOrder) return { wide: movedPlaces(wide, placeOf), scoped: movedScopes(scoped, placeOf) };
    const collector = new PlaceCollector();
    const addMoved = (old: number, scope: number) => {
      const place = placeOf[old] ?? -1;
      if (place >= 0) collector.add(place, scope);
    };
    for (const old of wide) addMoved(old, 0);
    for (const [at, old] of scoped.places.entries()) addMoved(old, scoped.scopes[at] ?? 0);
    return collector.collect();
  }

  readonly fillReaches = (place: number, into: ReachBuffer): number => {
    const old = this.#isUnmoved() ? place : (this.#moved().oldOf[place] ?? -1);
    if (old >= 0 && (this.#dirtyOnes()[old] ?? 0) === 0)
      return this.#withoutGone(into, this.base.fillReaches(old, into));
    const reaches = reachesOf(this.state, this.state.principals[place]?.key ?? "");
    growBuffer(into, reaches.length);
    let count = 0;
    for (const { policy, resourceGroupId } of reaches) {
      into.policies[count] = this.policyNumber(policy) ?? 0;
      into.scopes[count] = this.#scopeNumber(resourceGroupId ?? "");
      count++;
    }
    return count;
  };

  #withoutGone(into: ReachBuffer, count: number): number {
    if (this.patches.gone.size === 0) return count;
    let left = 0;
    for (let at = 0; at < count; at++) {
      const [policy, scope] = [into.policies[at] ?? 0, into.scopes[at] ?? 0];
      if (this.patches.gone.has(this.base.policyKey(policy))) continue;
      into.policies[left] = policy;
      into.scopes[left] = scope;
      left++;
    }
    return left;
  }

  #scopeNumber(name: string): number {
    const number = this.base.scopeNumber(name) ?? this.patches.scopes.get(name);
    if (number === undefined) throw new Error(`resource group \`${name}\` has no number`);
    return number;
  }

  #placeOf(key: Key): number | undefined {
    const old = this.base.index.carriers.numberOf.get(key);
    if (this.#isUnmoved()) return old !== undefined && old < this.state.principals.length ? old : undefined;
    const { placeOf, added } = this.#moved();
    const place = old === undefined ? undefined : placeOf[old];
    return place === undefined || place < 0 ? added.get(key) : place;
  }

  #isUnmoved(): boolean {
    return this.state.principals === this.base.principals;
  }

  #moved(): Moves {
    this.#moves ??= moves(this.base, this.state.principals);
    return this.#moves;
  }

  /** By number as compiled: one for each principal of whom the columns are out of date. */
  #dirtyOnes(): Uint8Array {
    if (this.#dirty !== undefined) return this.#dirty;
    const { index, memberships, principals } = this.base;
    const dirty = new Uint8Array(principals.length);
    for (const key of this.patches.carriers) {
      const number = index.carriers.numberOf.get(key);
      if (number === undefined) continue;
      if (number < dirty.length) dirty[number] = 1;
      else for (const member of linksOf(memberships.membersOf, number)) dirty[member] = 1;
    }
    this.#dirty = dirty;
    return dirty;
  }
}

/** Where principals of another list stand. */
interface Moves {
  /** By place as compiled; -1 for one who is gone. */
  readonly placeOf: Int32Array;
  /** By place now; -1 for one who is new. */
  readonly oldOf: Int32Array;
  readonly added: ReadonlyMap<Key, number>;
  /** Whoever is still there comes in the same order: a name can only be written otherwise by being put anew. */
  readonly isInOrder: boolean;
}

function moves({ principals: before, index }: CompiledReach, after: readonly CompiledPrincipal[]): Moves {
  const [placeOf, oldOf] = [new Int32Array(before.length).fill(-1), new Int32Array(after.length).fill(-1)];
  const added = new Map<Key, number>();
  let [guess, isInOrder] = [0, true];
  for (let place = 0; place < after.length; place++) {
    const principal = after[place];
    if (principal === undefined) continue;
    // Both lists have nearly the same order, so the next one is nearly always the right one, and nearly always the same object.
    const isNext = before[guess] === principal || before[guess]?.key === principal.key;
    const old = isNext ? guess : index.carriers.numberOf.get(principal.key);
    if (old === undefined || old >= before.length) added.set(principal.key, place);
    else {
      if (old < guess) isInOrder = false;
      placeOf[old] = place;
      oldOf[place] = old;
      guess = old + 1;
    }
  }
  return { placeOf, oldOf, added, isInOrder };
}

/** Where those of some places stand now who are still there. */
function movedPlaces(places: Uint32Array, placeOf: Int32Array): Uint32Array {
  const moved = new Uint32Array(places.length);
  let count = 0;
  for (const old of places) {
    const place = placeOf[old] ?? -1;
    if (place >= 0) moved[count++] = place;
  }
  return moved.subarray(0, count);
}

function movedScopes({ places, scopes }: ScopedPlaces, placeOf: Int32Array): ScopedPlaces {
  if (places.length === 0) return NOT_SCOPED;
  const isThere = (_: number, at: number) => (placeOf[places[at] ?? -1] ?? -1) >= 0;
  return { places: movedPlaces(places, placeOf), scopes: scopes.filter(isThere) };
}
