/** Whom one policy reaches, by places of principals. */
export interface PolicyPlaces {
  /** At account scope, in ascending order, each once. */
  readonly wide: Uint32Array;
  readonly scoped: ScopedPlaces;
}

/** Whom a policy reaches within resource groups: pairs of a place and the number of a scope, in ascending order of places, each once. */
export interface ScopedPlaces {
  readonly places: Uint32Array;
  readonly scopes: Uint32Array;
}

const NO_PLACES = new Uint32Array();
export const NOT_SCOPED: ScopedPlaces = { places: NO_PLACES, scopes: NO_PLACES };

/** Everybody whom a policy reaches, in ascending order, each once. */
export function reachedPlaces({ wide, scoped: { places } }: PolicyPlaces): Uint32Array {
  return places.length === 0 ? wide : ascending([...wide, ...places]);
}

/** Gathers whom a policy reaches, in any order and as often as it does. */
export class PlaceCollector {
  private readonly wide: number[] = [];
  private readonly scoped: { readonly place: number; readonly scope: number }[] = [];

  add(place: number, scope: number): void {
    if (scope === 0) this.wide.push(place);
    else this.scoped.push({ place, scope });
  }

  collect(): PolicyPlaces {
    return { wide: ascending(this.wide), scoped: this.scoped.length === 0 ? NOT_SCOPED : this.pairs() };
  }

  private pairs(): ScopedPlaces {
    const sorted = this.scoped.toSorted((a, b) => a.place - b.place || a.scope - b.scope);
    const once = sorted.filter(({ place, scope }, at) => {
      const before = sorted[at - 1];
      return place !== before?.place || scope !== before.scope;
    });
    return {
      places: Uint32Array.from(once, ({ place }) => place),
      scopes: Uint32Array.from(once, ({ scope }) => scope),
    };
  }
}

/** In order and without repetitions. */
function ascending(places: readonly number[]): Uint32Array {
  const list = Uint32Array.from(places);
  if (list.every((place, at) => at === 0 || place > (list[at - 1] ?? 0))) return list;
  list.sort();
  return list.filter((place, at) => at === 0 || place !== list[at - 1]);
}
