import type { AttachmentIndex } from "./attachment-index.js";
import type { MembershipIndex } from "./membership-index.js";
import { NOT_SCOPED, type ScopedPlaces } from "./policy-places.js";

/** Whom each policy reaches, group members included: the lists of all policies one behind the other. */
export interface PlaceLists {
  readonly wide: (policy: number) => Uint32Array;
  readonly scoped: (policy: number) => ScopedPlaces;
}

/** How many principals are gone through before others get their turn. */
const STEP = 10_000;

/** Principals are gone through in the order of their places, so every list comes out in order. */
export function* listPlaces(
  attachments: AttachmentIndex,
  memberships: MembershipIndex,
): Generator<undefined, PlaceLists, undefined> {
  const count = attachments.carriers.principals.length;
  const sizes = new Sizes(attachments.policyKeys.length);
  for (let place = 0; place < count; place++) {
    visitReaches(attachments, memberships, place, sizes);
    if (place % STEP === 0) yield undefined;
  }
  const lists = new Lists(sizes);
  for (let place = 0; place < count; place++) {
    lists.place = place;
    visitReaches(attachments, memberships, place, lists);
    if (place % STEP === 0) yield undefined;
  }
  return lists;
}

interface Visitor {
  readonly visit: (policy: number, scope: number) => void;
}

/** Tells what reaches the principal at a place, some of it perhaps more than once. */
function visitReaches(
  attachments: AttachmentIndex,
  { groupsOf }: MembershipIndex,
  place: number,
  visitor: Visitor,
): void {
  visitOwn(attachments, place, visitor);
  const end = groupsOf.start[place + 1] ?? 0;
  for (let at = groupsOf.start[place] ?? 0; at < end; at++) visitOwn(attachments, groupsOf.to[at] ?? 0, visitor);
}

function visitOwn({ rowsOf, policyOfRow, scopeOfRow }: AttachmentIndex, carrier: number, visitor: Visitor): void {
  const end = rowsOf.start[carrier + 1] ?? 0;
  for (let row = rowsOf.start[carrier] ?? 0; row < end; row++)
    visitor.visit(policyOfRow[row] ?? 0, scopeOfRow[row] ?? 0);
}

/** How long lists get at most. */
class Sizes implements Visitor {
  readonly wide: Uint32Array;
  readonly scoped: Uint32Array;

  constructor(policies: number) {
    this.wide = new Uint32Array(policies);
    this.scoped = new Uint32Array(policies);
  }

  visit(policy: number, scope: number): void {
    const sizes = scope === 0 ? this.wide : this.scoped;
    sizes[policy] = (sizes[policy] ?? 0) + 1;
  }
}

class Lists implements Visitor, PlaceLists {
  place = 0;
  readonly #wideStart: Uint32Array;
  readonly #wideEnd: Uint32Array;
  readonly #wide: Uint32Array;
  readonly #scopedStart: Uint32Array;
  readonly #scopedEnd: Uint32Array;
  readonly #scoped: Uint32Array;
  readonly #scopes: Uint32Array;

  constructor({ wide, scoped }: Sizes) {
    this.#wideStart = startsOf(wide);
    this.#wideEnd = this.#wideStart.slice();
    this.#wide = new Uint32Array(sumOf(wide));
    this.#scopedStart = startsOf(scoped);
    this.#scopedEnd = this.#scopedStart.slice();
    this.#scoped = new Uint32Array(sumOf(scoped));
    this.#scopes = new Uint32Array(this.#scoped.length);
  }

  visit(policy: number, scope: number): void {
    if (scope === 0) this.#addWide(policy);
    else this.#addScoped(policy, scope);
  }

  /** Of a policy that came later, nothing: a view without its ends would be that of all lists. */
  readonly wide = (policy: number): Uint32Array =>
    this.#wide.subarray(this.#wideStart[policy] ?? 0, this.#wideEnd[policy] ?? 0);

  readonly scoped = (policy: number): ScopedPlaces => {
    const [start, end] = [this.#scopedStart[policy] ?? 0, this.#scopedEnd[policy] ?? 0];
    if (start === end) return NOT_SCOPED;
    return { places: this.#scoped.subarray(start, end), scopes: this.#scopes.subarray(start, end) };
  };

  #addWide(policy: number): void {
    const end = this.#wideEnd[policy] ?? 0;
    if (end > (this.#wideStart[policy] ?? 0) && this.#wide[end - 1] === this.place) return;
    this.#wide[end] = this.place;
    this.#wideEnd[policy] = end + 1;
  }

  #addScoped(policy: number, scope: number): void {
    const [start, end] = [this.#scopedStart[policy] ?? 0, this.#scopedEnd[policy] ?? 0];
    for (let at = end - 1; at >= start && this.#scoped[at] === this.place; at--) if (this.#scopes[at] === scope) return;
    this.#scoped[end] = this.place;
    this.#scopes[end] = scope;
    this.#scopedEnd[policy] = end + 1;
  }
}

function startsOf(sizes: Uint32Array): Uint32Array {
  const starts = new Uint32Array(sizes.length);
  for (let at = 1; at < sizes.length; at++) starts[at] = (starts[at - 1] ?? 0) + (sizes[at - 1] ?? 0);
  return starts;
}

function sumOf(sizes: Uint32Array): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
