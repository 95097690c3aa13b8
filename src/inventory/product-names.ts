import { asciiLower } from "../policy/ascii.js";
import type { ServiceFact } from "./batch.js";

/** Finds the RAM code that a page's own words mean; undefined when no service, or more than one, bears the name. */
export type ResolveProduct = (label: string) => string | undefined;

/**
 * Every code, name and alias that any page gives resolves, letter case ignored. A label with a short form in brackets,
 * `Elastic Compute Service (ECS)`, resolves as a whole or by either part.
 */
export function indexProductNames(services: readonly ServiceFact[], codes: Iterable<string>): ResolveProduct {
  const known = new Set([...codes].map(asciiLower));
  const named = new Map<string, Set<string>>();
  for (const { code, name, aliases = [] } of services) {
    for (const label of name === undefined ? aliases : [name, ...aliases]) {
      const bearers = named.get(fold(label)) ?? new Set();
      named.set(fold(label), bearers.add(asciiLower(code)));
    }
  }
  const bearersOf = (label: string): ReadonlySet<string> =>
    named.get(fold(label)) ?? new Set(known.has(fold(label)) ? [fold(label)] : []);
  return (label) => {
    const whole = bearersOf(label);
    const found = whole.size > 0 ? whole : new Set(partsOf(label).flatMap((part) => [...bearersOf(part)]));
    return found.size === 1 ? [...found][0] : undefined;
  };
}

function fold(label: string): string {
  return asciiLower(label.trim().replace(/\s+/g, " "));
}

/** The words before and inside of the last pair of brackets. */
function partsOf(label: string): readonly string[] {
  const text = label.trim();
  const open = Math.max(text.lastIndexOf("("), text.lastIndexOf("（"));
  return open > 0 && /[)）]$/.test(text) ? [text.slice(0, open), text.slice(open + 1, -1)] : [];
}
