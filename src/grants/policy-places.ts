import type { ScopedPlaces } from "./reach.js";

/** Whom one policy reaches, by places of principals; lists are in ascending order, each place once. */
export interface PolicyPlaces {
  readonly wide: Uint32Array;
  readonly scoped: readonly ScopedPlaces[];
  readonly reached: Uint32Array;
}

/** Gathers whom a policy reaches, in any order and as often as it does. */
export class PlaceCollector {
  private readonly wide: number[] = [];
  private readonly scoped = new Map<number, number[]>();

  add(place: number, scope: number): void {
    if (scope === 0) {
      this.wide.push(place);
      return;
    }
    const places = this.scoped.get(scope);
    if (places === undefined) this.scoped.set(scope, [place]);
    else places.push(place);
  }

  collect(): PolicyPlaces {
    const wide = ascending(this.wide);
    const scoped = Array.from(this.scoped, ([scope, places]) => ({ scope, places: ascending(places) }));
    if (scoped.length === 0) return { wide, scoped, reached: wide };
    return {
      wide,
      scoped,
      reached: ascending([wide, ...scoped.map(({ places }) => places)].flatMap((each) => [...each])),
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
