/** The same function, worked out once for each key. */
export function memo<Given, Found>(
  keyOf: (given: Given) => string,
  compute: (given: Given) => Found,
): (given: Given) => Found {
  const known = new Map<string, { readonly found: Found }>();
  return (given) => {
    const key = keyOf(given);
    const entry = known.get(key) ?? { found: compute(given) };
    known.set(key, entry);
    return entry.found;
  };
}
