import type { JsonNode } from "./json-node.js";
import { pointerStep } from "./json-node.js";

/**
 * Follows an RFC 6901 pointer into a JSON value, as far as it leads.
 * @returns the last node on the way with its own pointer; of keys that stand twice the first counts
 */
export function findNode(root: JsonNode, pointer: string): { readonly node: JsonNode; readonly pointer: string } {
  let node = root;
  let reached = "";
  for (const step of pointer.split("/").slice(1)) {
    const next = childOf(node, step.replace(/~1/g, "/").replace(/~0/g, "~"));
    if (next === undefined) break;
    node = next.node;
    reached = pointerStep(reached, next.step);
  }
  return { node, pointer: reached };
}

function childOf(
  node: JsonNode,
  step: string,
): { readonly node: JsonNode; readonly step: string | number } | undefined {
  if (node.type === "object") {
    const value = node.members.find(({ key }) => key === step)?.value;
    return value && { node: value, step };
  }
  const item = node.type === "array" && /^\d+$/.test(step) ? node.items[Number(step)] : undefined;
  return item && { node: item, step: Number(step) };
}
