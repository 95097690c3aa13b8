import { MAX_DISTANCE, nameDistance } from "../../policy/nearest-name.js";

/**
 * The names that a misspelt one may have meant: at most two letters changed, added, left out or swapped, nearest first.
 * Letter case does not count.
 */
export function nearestNames(text: string, names: Iterable<string>, limit: number): readonly string[] {
  const near: { readonly name: string; readonly distance: number }[] = [];
  for (const name of names) {
    const distance = nameDistance(text, name);
    if (distance <= MAX_DISTANCE) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near.slice(0, limit).map(({ name }) => name);
}
