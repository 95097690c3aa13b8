/** One text for all rows that say the same: thousands of roles trust one service. */
export function sharing(): (text: string) => string {
  const known = new Map<string, string>();
  let last = "";
  return (text) => {
    // Neighbours are alike more often than not.
    if (text === last) return last;
    last = known.get(text) ?? text;
    if (last === text) known.set(last, last);
    return last;
  };
}
