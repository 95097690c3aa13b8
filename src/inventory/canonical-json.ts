import { sortByKey } from "./byte-order.js";

/** JSON with sorted keys: equal values give equal texts, whatever order their keys were written in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortKeys) ?? "";
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(sortByKey(Object.entries(value), ([key]) => key));
}
