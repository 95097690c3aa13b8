/** Gives what belongs to a key, loading it unless it is there. */
export interface Recent<T> {
  readonly get: (key: string, load: () => Promise<T>) => Promise<T>;
  readonly clear: () => void;
}

/** Keeps what was asked for last; what is loading is not loaded twice, and what failed is tried again. */
export function keepRecent<T>(capacity: number): Recent<T> {
  const kept = new Map<string, Promise<T>>();
  const get = (key: string, load: () => Promise<T>) => {
    const value = kept.get(key) ?? load();
    kept.delete(key);
    kept.set(key, value);
    const [oldest] = kept.keys();
    if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
    value.catch(() => {
      if (kept.get(key) === value) kept.delete(key);
    });
    return value;
  };
  return { get, clear: () => kept.clear() };
}
