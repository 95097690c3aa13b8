import type { Key } from "../inventory/keys.js";
import type { View } from "./overlay-map.js";

/** Lists without the rows that name something which is gone; a list of which nothing is left is none. */
export class WithoutRows<Row> implements View<readonly Row[]> {
  /** @param gone each set larger than the next, so that there are few of them however often something goes */
  private constructor(
    private readonly gone: readonly ReadonlySet<Key>[],
    private readonly keyOf: (row: Row) => Key,
  ) {}

  /** @param keyOf what a row names */
  static of<Row>(gone: ReadonlySet<Key>, keyOf: (row: Row) => Key): WithoutRows<Row> {
    return new WithoutRows([gone], keyOf);
  }

  see(rows: readonly Row[]): readonly Row[] | undefined {
    const left = rows.filter((row) => !this.isGone(this.keyOf(row)));
    return left.length === 0 ? undefined : left;
  }

  andThen(later: View<readonly Row[]>): View<readonly Row[]> {
    if (!(later instanceof WithoutRows)) throw new Error("views of one map are of one kind");
    return new WithoutRows(merged([...this.gone, ...later.gone]), this.keyOf);
  }

  private isGone(key: Key): boolean {
    return this.gone.some((keys) => keys.has(key));
  }
}

/** A set joins the one before it unless that is larger: so each key is copied only as often as its set doubles. */
function merged(sets: readonly ReadonlySet<Key>[]): readonly ReadonlySet<Key>[] {
  const kept: ReadonlySet<Key>[] = [];
  for (const next of sets) {
    let joined = next;
    for (let last = kept.at(-1); last !== undefined && last.size <= joined.size; last = kept.at(-1)) {
      joined = new Set([...last, ...joined]);
      kept.pop();
    }
    kept.push(joined);
  }
  return kept;
}
