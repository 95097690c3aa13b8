import { isList, isObject, type Json, type JsonObject } from "./rows-of.js";

/**
 * What an answer says of itself that its rows or edges leave out, one line each: facts that were not seen, and lists of which
 * there is more.
 */
export function remarksOn(data: JsonObject): readonly string[] {
  const remarks = new Set<string>();
  addGaps(data, (text) => remarks.add(`not seen: ${text}`));
  addCuts(data, [], (text) => remarks.add(text));
  return [...remarks];
}

function addGaps(value: Json, add: (text: string) => void): void {
  if (isList(value)) for (const each of value) addGaps(each, add);
  if (!isObject(value)) return;
  const { gaps, isComplete, ...rest } = value;
  if (isList(gaps)) for (const gap of gaps) add(gapText(gap));
  else if (isComplete === false) add("something; select `coverage { gaps { detail } }` to read what");
  for (const part of Object.values(rest)) addGaps(part, add);
}

/** The sentence on a gap, or whatever was selected of it. */
function gapText(gap: Json): string {
  if (!isObject(gap)) return JSON.stringify(gap);
  const { detail, ...rest } = gap;
  const words = typeof detail === "string" ? [detail] : Object.values(rest).filter((each) => typeof each === "string");
  return words.join(" ");
}

/** Connections outside of other lists that hold more than the page of them. */
function addCuts(value: Json, path: readonly string[], add: (text: string) => void): void {
  if (!isObject(value)) return;
  const { edges, nodes, totalCount, pageInfo } = value;
  const page = [edges, nodes].find(isList);
  if (page === undefined) {
    for (const [key, part] of Object.entries(value)) addCuts(part, [...path, key], add);
    return;
  }
  const isTold = typeof totalCount === "number" && totalCount > page.length;
  if (!isTold && !(isObject(pageInfo) && pageInfo.hasNextPage === true)) return;
  const shown = `${page.length} ${isTold ? `of ${totalCount} shown` : "shown, and there are more"}`;
  add(`\`${path.join(".")}\`: ${shown}; ask for others by \`first\` or \`after\``);
}
