/** Milliseconds that an item waits for others. */
const patience = 100;
/** Items that are worked on at once, without waiting: some milliseconds of work. */
const many = 256;

/** Where items go that are worked on later. */
export interface Gathering<Item> {
  readonly take: (item: Item) => void;
  /** Works on what is waiting. */
  readonly flush: () => void;
}

/**
 * Gathers what nobody waits for and works on many items in a row: each by itself, between answers, takes several times as long.
 *
 * @param plenty items that do not wait; 1 gathers nothing
 */
export function gather<Item>(work: (items: readonly Item[]) => void, plenty = many): Gathering<Item> {
  let waiting: Item[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const items = waiting;
    waiting = [];
    if (items.length > 0) work(items);
  };
  const take = (item: Item) => {
    waiting.push(item);
    if (waiting.length >= plenty) flush();
    else timer ??= setTimeout(flush, patience).unref();
  };
  return { take, flush };
}
