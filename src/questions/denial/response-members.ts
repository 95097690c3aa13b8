import { asciiLower } from "../../policy/ascii.js";
import type { JsonNode } from "../../policy/json/json-node.js";

/** The first member of that name, letter case aside, in the node or below it; those that stand higher go first. */
export function findMember(node: JsonNode, name: string): JsonNode | undefined {
  let level: readonly JsonNode[] = [node];
  while (level.length > 0) {
    for (const each of level) {
      const own = memberOf(each, name);
      if (own !== undefined) return own;
    }
    level = level.flatMap((each) => (each.type === "object" ? each.members.map(({ value }) => value) : []));
  }
  return undefined;
}

/** A member's text; numbers and booleans as they are written. */
export function textOf(node: JsonNode, name: string): string | undefined {
  const value = memberOf(node, name);
  if (value?.type === "string") return value.value;
  if (value?.type === "number") return value.raw;
  return value?.type === "literal" && value.value !== null ? String(value.value) : undefined;
}

/** A member's list; older responses wrap it once more in an object of one member. */
export function itemsOf(node: JsonNode, name: string): readonly JsonNode[] {
  const value = memberOf(node, name);
  const wrapped = value?.type === "object" && value.members.length === 1 ? value.members[0]?.value : value;
  return wrapped?.type === "array" ? wrapped.items : [];
}

function memberOf(node: JsonNode, name: string): JsonNode | undefined {
  const folded = asciiLower(name);
  return node.type === "object" ? node.members.find(({ key }) => asciiLower(key) === folded)?.value : undefined;
}
