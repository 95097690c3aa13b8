import type { Import } from "./read-imports.js";

/** The first cycle that following imports runs into, its first file again at the end; empty when there is none. */
export function findCycle(imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  for (const file of targets.keys()) {
    const cycle = follow(file, [], targets, done);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

function follow(
  file: string,
  path: readonly string[],
  targets: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): readonly string[] {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (done.has(file)) return [];
  for (const target of targets.get(file) ?? []) {
    const cycle = follow(target, [...path, file], targets, done);
    if (cycle.length > 0) return cycle;
  }
  done.add(file);
  return [];
}
