import type { Key } from "../../inventory/keys.js";

/** Policies that reach somebody otherwise than before, or say something else, by principal. */
export type Touched = ReadonlyMap<Key, ReadonlySet<Key>>;

/** How many are added before others get their turn. */
const STEP = 1_000;

/** Gathers whom policies touch. */
export class TouchedPolicies {
  readonly #byPrincipal = new Map<Key, Set<Key>>();
  #added = 0;

  get byPrincipal(): Touched {
    return this.#byPrincipal;
  }

  /** A policy that touches some; yields meanwhile, also where many policies touch nobody. */
  *addAll(principals: Iterable<Key>, policy: Key): Generator<undefined, void, undefined> {
    if (++this.#added % STEP === 0) yield undefined;
    for (const principal of principals) {
      this.#add(principal, policy);
      if (++this.#added % STEP === 0) yield undefined;
    }
  }

  #add(principal: Key, policy: Key): void {
    const known = this.#byPrincipal.get(principal);
    if (known === undefined) this.#byPrincipal.set(principal, new Set([policy]));
    else known.add(policy);
  }
}
