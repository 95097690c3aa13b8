import type { AttachmentIndex } from "./attachment-index.js";
import type { MembershipIndex } from "./membership-index.js";
import { NOT_SCOPED, type ScopedPlaces } from "./policy-places.js";

/** Whom each policy reaches, group members included: the lists of all policies one behind the other. */
export interface PlaceLists {
  readonly wide: (policy: number) => Uint32Array;
  readonly scoped: (policy: number) => ScopedPlaces;
}

/** How many principals, or policies with all who carry them, are gone through before others get their turn. */
const [PRINCIPALS, POLICIES] = [500, 100];

/** Principals are gone through in the order of their places, so every list comes out in order. */
export function* listPlaces(
  attachments: AttachmentIndex,
  memberships: MembershipIndex,
): Generator<undefined, PlaceLists, undefined> {
  const lists = new Lists(yield* measureLists(attachments, memberships));
  for (let place = 0; place < attachments.carriers.principals.length; place++) {
    addReaches(attachments, memberships, place, lists);
    if (place % PRINCIPALS === 0) yield undefined;
  }
  return lists;
}

/** How long the lists of policies get at most, who is reached twice counted twice. */
interface Sizes {
  readonly wide: Uint32Array;
  readonly scoped: Uint32Array;
}

function* measureLists(
  attachments: AttachmentIndex,
  memberships: MembershipIndex,
): Generator<undefined, Sizes, undefined> {
  const policies = attachments.policyKeys.length;
  const sizes = { wide: new Uint32Array(policies), scoped: new Uint32Array(policies) };
  for (let policy = 0; policy < policies; policy++) {
    measurePolicy(attachments, memberships, policy, sizes);
    if (policy % POLICIES === 0) yield undefined;
  }
  return sizes;
}

function measurePolicy(
  { carriers, carrier, scope, start }: AttachmentIndex,
  { membersOf }: MembershipIndex,
  policy: number,
  { wide, scoped }: Sizes,
): void {
  const principals = carriers.principals.length;
  for (let row = start[policy] ?? 0; row < (start[policy + 1] ?? 0); row++) {
    const number = carrier[row] ?? 0;
    const isGroup = number >= principals;
    const count = isGroup ? (membersOf.start[number + 1] ?? 0) - (membersOf.start[number] ?? 0) : 1;
    const sizes = scope[row] === 0 ? wide : scoped;
    sizes[policy] = (sizes[policy] ?? 0) + count;
  }
}

/** Adds the principal at a place to the lists of all that reaches it, own policies and those of groups. */
function addReaches(attachments: AttachmentIndex, { groupsOf }: MembershipIndex, place: number, lists: Lists): void {
  addOwn(attachments, place, place, lists);
  const end = groupsOf.start[place + 1] ?? 0;
  for (let at = groupsOf.start[place] ?? 0; at < end; at++) addOwn(attachments, groupsOf.to[at] ?? 0, place, lists);
}

function addOwn({ rowsOf, reaches }: AttachmentIndex, carrier: number, place: number, lists: Lists): void {
  const end = rowsOf.start[carrier + 1] ?? 0;
  for (let row = rowsOf.start[carrier] ?? 0; row < end; row++)
    lists.add(place, reaches[row * 2] ?? 0, reaches[row * 2 + 1] ?? 0);
}

class Lists implements PlaceLists {
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

  /** @param place at least that of the last */
  add(place: number, policy: number, scope: number): void {
    if (scope === 0) this.#addWide(place, policy);
    else this.#addScoped(place, policy, scope);
  }

  /** Of a policy that came later, nothing: a view without its ends would be that of all lists. */
  readonly wide = (policy: number): Uint32Array =>
    this.#wide.subarray(this.#wideStart[policy] ?? 0, this.#wideEnd[policy] ?? 0);

  readonly scoped = (policy: number): ScopedPlaces => {
    const [start, end] = [this.#scopedStart[policy] ?? 0, this.#scopedEnd[policy] ?? 0];
    if (start === end) return NOT_SCOPED;
    return { places: this.#scoped.subarray(start, end), scopes: this.#scopes.subarray(start, end) };
  };

  #addWide(place: number, policy: number): void {
    const end = this.#wideEnd[policy] ?? 0;
    if (end > (this.#wideStart[policy] ?? 0) && this.#wide[end - 1] === place) return;
    this.#wide[end] = place;
    this.#wideEnd[policy] = end + 1;
  }

  #addScoped(place: number, policy: number, scope: number): void {
    const [start, end] = [this.#scopedStart[policy] ?? 0, this.#scopedEnd[policy] ?? 0];
    for (let at = end - 1; at >= start && this.#scoped[at] === place; at--) if (this.#scopes[at] === scope) return;
    this.#scoped[end] = place;
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
