import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import { type Named, nameOrder } from "../../grants/name-order.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Action, Operation, Service } from "../../inventory/catalog.js";
import type { Group, Role, User } from "../../inventory/principal.js";
import { asciiLower } from "../../policy/ascii.js";
import { type Rank, rankName } from "./rank-name.js";

/** In the order in which equally good matches are listed. */
export const SEARCH_TYPES = ["SERVICE", "ACTION", "OPERATION", "ROLE", "USER", "GROUP", "POLICY"] as const;
export type SearchType = (typeof SEARCH_TYPES)[number];

export type SearchHit =
  | { readonly type: "SERVICE"; readonly row: Service }
  | { readonly type: "ACTION"; readonly row: Action }
  | { readonly type: "OPERATION"; readonly row: Operation }
  | { readonly type: "ROLE"; readonly row: Role }
  | { readonly type: "USER"; readonly row: User }
  | { readonly type: "GROUP"; readonly row: Group }
  | { readonly type: "POLICY"; readonly row: CompiledPolicy };

/** Hits of each rank, in the order in which they were found. */
type Ranked = readonly [SearchHit[], SearchHit[], SearchHit[], SearchHit[]];

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
): Generator<undefined, readonly SearchHit[], undefined> {
  const part = asciiLower(text);
  const ranked: Ranked = [[], [], [], []];
  for (const type of SEARCH_TYPES) if (types.includes(type)) yield* SEARCHES[type](snapshot, part, ranked);
  return ranked.flat();
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
  for (const [at, { row, folded }] of rows.entries()) {
    if (at % STEP === 0) yield undefined;
    if (!folded.includes(part)) continue;
    const rank = rankName(nameOfRow(row), folded, part);
    if (rank !== undefined) ranked[rank].push(toHit(row));
  }
}

/** A service answers to its code and to its name; the better one counts. */
function* searchServices({ inventory }: Snapshot, part: string, ranked: Ranked): Steps {
  yield undefined;
  for (const row of inventory.services) {
    const ranks = [row.code, row.name].flatMap((name): readonly Rank[] => {
      const rank = rankName(name, asciiLower(name), part);
      return rank === undefined ? [] : [rank];
    });
    const [best] = ranks.sort((a, b) => a - b);
    if (best !== undefined) ranked[best].push({ type: "SERVICE", row });
  }
}
