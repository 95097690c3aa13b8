/** Lists of numbers by number, one behind the other: what a map of lists is without an object for each. */
export interface Links {
  /** Where each list begins; one more says where the last ends. */
  readonly start: Uint32Array;
  readonly to: Uint32Array;
}

/** How many links are followed before others get their turn. */
const STEP = 100_000;

/**
 * Arranges links by where they come from; those from one place keep their order.
 *
 * @param from where each link comes from: below `count`
 * @returns for each link in the new order its place in the old one, in `to`
 */
export function* linkInSteps(count: number, from: Uint32Array): Generator<undefined, Links, undefined> {
  const start = yield* startsInSteps(count, from);
  const next = start.slice();
  const to = new Uint32Array(from.length);
  for (let link = 0; link < from.length; link += STEP) {
    arrange(from, next, to, link, Math.min(link + STEP, from.length));
    yield undefined;
  }
  return { start, to };
}

/** Where each list begins when links are arranged by where they come from; one more says where the last ends. */
export function* startsInSteps(count: number, from: Uint32Array): Generator<undefined, Uint32Array, undefined> {
  const start = new Uint32Array(count + 1);
  for (let link = 0; link < from.length; link += STEP) {
    countLinks(from, start, link, Math.min(link + STEP, from.length));
    yield undefined;
  }
  for (let place = 0; place < count; place++) start[place + 1] = (start[place + 1] ?? 0) + (start[place] ?? 0);
  return start;
}

// Loops by themselves, not within a generator: there are a million links.
function countLinks(from: Uint32Array, start: Uint32Array, first: number, end: number): void {
  for (let link = first; link < end; link++) {
    const after = (from[link] ?? 0) + 1;
    start[after] = (start[after] ?? 0) + 1;
  }
}

function arrange(from: Uint32Array, next: Uint32Array, to: Uint32Array, first: number, end: number): void {
  for (let link = first; link < end; link++) {
    const place = from[link] ?? 0;
    const at = next[place] ?? 0;
    to[at] = link;
    next[place] = at + 1;
  }
}

/** The list of one place, not copied. */
export function linksOf({ start, to }: Links, place: number): Uint32Array {
  return to.subarray(start[place], start[place + 1]);
}
