/** A row as a fact: columns that hold NULL are left out. */
export type FactOf<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: NonNullable<T[K]>;
};

/** @param leftOut columns that only the store knows, e.g. keys. */
export function factOf<T extends object, K extends keyof T & string = never>(
  row: T,
  ...leftOut: readonly K[]
): FactOf<Omit<T, K>> {
  const names: readonly string[] = leftOut;
  const entries = Object.entries(row).filter(([name, value]) => value !== null && !names.includes(name));
  return Object.fromEntries(entries) as FactOf<Omit<T, K>>;
}
