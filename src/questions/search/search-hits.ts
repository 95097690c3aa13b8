/** What was found of one type and fits equally well, in its order. */
export interface Found<Hit> {
  readonly count: number;
  readonly hitAt: (at: number) => Hit;
}

/** Hits in their order. They are made when they are read: a text may be in hundreds of thousands of names, and a page holds a hundred. */
export class SearchHits<Hit> {
  readonly length: number;

  constructor(private readonly found: readonly Found<Hit>[]) {
    this.length = found.reduce((sum, { count }) => sum + count, 0);
  }

  /** @param end may lie behind the last */
  slice(start: number, end: number): readonly Hit[] {
    const hits: Hit[] = [];
    let first = 0;
    for (const { count, hitAt } of this.found) {
      for (let at = Math.max(start - first, 0); at < Math.min(end - first, count); at++) hits.push(hitAt(at));
      first += count;
    }
    return hits;
  }
}
