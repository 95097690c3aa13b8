import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import { type Named, nameOrder } from "../../grants/name-order.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Action, Operation, Service } from "../../inventory/catalog.js";
import type { Group, Role, User } from "../../inventory/principal.js";
import { asciiLower } from "../../policy/ascii.js";
import { type Rank, rankName } from "./rank-name.js";
import { type Found, SearchHits } from "./search-hits.js";

/** In the order in which equally good matches are listed. */
const SEARCH_TYPES = ["SERVICE", "ACTION", "OPERATION", "ROLE", "USER", "GROUP", "POLICY"] as const;
export type SearchType = (typeof SEARCH_TYPES)[number];

export type SearchHit =
  | { readonly type: "SERVICE"; readonly row: Service }
  | { readonly type: "ACTION"; readonly row: Action }
  | { readonly type: "OPERATION"; readonly row: Operation }
  | { readonly type: "ROLE"; readonly row: Role }
  | { readonly type: "USER"; readonly row: User }
  | { readonly type: "GROUP"; readonly row: Group }
  | { readonly type: "POLICY"; readonly row: CompiledPolicy };

/** What was found of each rank, type by type. */
type Ranked = readonly [Found<SearchHit>[], Found<SearchHit>[], Found<SearchHit>[], Found<SearchHit>[]];

/** Puts what it finds among the hits; yields now and then. */
type Steps = Generator<undefined, void, undefined>;

/** How many names are looked at before others get their turn. */
const STEP = 1_000;

/**
 * Everything whose name (of a service: code or name) holds a text, letter case ignored. The best matches come first,
 * see `rankName`; among equals the order is by type, then by name.
 * @param text not empty
 */
export function* search(
  snapshot: Snapshot,
  text: string,
  types: readonly SearchType[] = SEARCH_TYPES,
): Generator<undefined, SearchHits<SearchHit>, undefined> {
  const part = asciiLower(text);
  const ranked: Ranked = [[], [], [], []];
  for (const type of SEARCH_TYPES) if (types.includes(type)) yield* SEARCHES[type](snapshot, part, ranked);
  return new SearchHits(ranked.flat());
}

const SEARCHES: Readonly<Record<SearchType, (snapshot: Snapshot, part: string, ranked: Ranked) => Steps>> = {
  SERVICE: searchServices,
  ACTION: (snapshot, part, ranked) =>
    collect(nameOrder(snapshot).actions(), part, ranked, nameOf, (row) => ({ type: "ACTION", row })),
  OPERATION: (snapshot, part, ranked) =>
    collect(nameOrder(snapshot).operations(), part, ranked, nameOf, (row) => ({ type: "OPERATION", row })),
  ROLE: (snapshot, part, ranked) =>
    collect(nameOrder(snapshot).roles(), part, ranked, nameOf, (row) => ({ type: "ROLE", row })),
  USER: (snapshot, part, ranked) =>
    collect(nameOrder(snapshot).users(), part, ranked, nameOf, (row) => ({ type: "USER", row })),
  GROUP: (snapshot, part, ranked) =>
    collect(nameOrder(snapshot).groups(), part, ranked, nameOf, (row) => ({ type: "GROUP", row })),
  POLICY: (snapshot, part, ranked) =>
    collect(nameOrder(snapshot).policies(), part, ranked, nameOfPolicy, (row) => ({ type: "POLICY", row })),
};

const nameOf = ({ name }: { readonly name: string }) => name;
const nameOfPolicy = ({ policy }: CompiledPolicy) => policy.name;

function* collect<T>(
  listing: Generator<undefined, readonly Named<T>[], undefined>,
  part: string,
  ranked: Ranked,
  nameOfRow: (row: T) => string,
  toHit: (row: T) => SearchHit,
): Steps {
  const rows = yield* listing;
  const fitting = new Fitting<T>();
  for (const [at, { row, folded }] of rows.entries()) {
    if (at % STEP === 0) yield undefined;
    if (!folded.includes(part)) continue;
    const rank = rankName(nameOfRow(row), folded, part);
    if (rank !== undefined) fitting.rows[rank].push(row);
  }
  fitting.addTo(ranked, toHit);
}

/** A service answers to its code and to its name; the better one counts. */
function* searchServices({ inventory }: Snapshot, part: string, ranked: Ranked): Steps {
  yield undefined;
  const fitting = new Fitting<Service>();
  for (const row of inventory.services) {
    const ranks = [row.code, row.name].flatMap((name): readonly Rank[] => {
      const rank = rankName(name, asciiLower(name), part);
      return rank === undefined ? [] : [rank];
    });
    const [best] = ranks.sort((a, b) => a - b);
    if (best !== undefined) fitting.rows[best].push(row);
  }
  fitting.addTo(ranked, (row) => ({ type: "SERVICE", row }));
}

/** Rows of one type by how well they fit. */
class Fitting<T> {
  readonly rows: readonly [T[], T[], T[], T[]] = [[], [], [], []];

  addTo(ranked: Ranked, toHit: (row: T) => SearchHit): void {
    for (const rank of [0, 1, 2, 3] as const) {
      const rows = this.rows[rank];
      ranked[rank].push({ count: rows.length, hitAt: (at) => toHit(rowAt(rows, at)) });
    }
  }
}

function rowAt<T>(rows: readonly T[], at: number): T {
  const row = rows[at];
  if (row === undefined) throw new Error(`no hit at ${at}`);
  return row;
}
