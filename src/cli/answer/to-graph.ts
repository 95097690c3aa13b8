import type { GraphEdge, GraphNode } from "./edges-of.js";
import { showText } from "./show-text.js";

/** Draws edges in Mermaid's language for flow charts. */
export function toMermaid(edges: readonly GraphEdge[]): string {
  const nodes = nodesOf(edges);
  const heads = [...nodes.values()].map(({ id, text }) => `  ${id}["${mermaidText(text)}"]`);
  const lines = edges.map(({ from, to, label }) => {
    const arrow = label === "" ? "-->" : `-->|"${mermaidText(label)}"|`;
    return `  ${idOf(nodes, from)} ${arrow} ${idOf(nodes, to)}`;
  });
  return ["flowchart LR", ...heads, ...lines].join("\n");
}

/** Draws edges in the DOT language of Graphviz. */
export function toDot(edges: readonly GraphEdge[]): string {
  const nodes = nodesOf(edges);
  const heads = [...nodes.values()].map(({ id, text }) => `  ${id} [label=${dotText(text)}];`);
  const lines = edges.map(({ from, to, label }) => {
    const attributes = label === "" ? "" : ` [label=${dotText(label)}]`;
    return `  ${idOf(nodes, from)} -> ${idOf(nodes, to)}${attributes};`;
  });
  return ["digraph ramgraph {", "  rankdir=LR;", ...heads, ...lines, "}"].join("\n");
}

type Nodes = ReadonlyMap<string, { readonly id: string; readonly text: string }>;

/** Names may hold anything, so nodes are numbered and bear them as labels; what shares its name with another shows its key too. */
function nodesOf(edges: readonly GraphEdge[]): Nodes {
  const nodes = [...new Map(edges.flatMap(({ from, to }) => [from, to]).map((node) => [node.key, node])).values()];
  const counts = new Map<string, number>();
  for (const { name } of nodes) counts.set(name, (counts.get(name) ?? 0) + 1);
  const textOf = ({ key, name }: GraphNode) => ((counts.get(name) ?? 0) > 1 ? `${name} (${key})` : name);
  return new Map(nodes.map((node, index) => [node.key, { id: `n${index}`, text: textOf(node) }]));
}

function idOf(nodes: Nodes, { key }: GraphNode): string {
  return nodes.get(key)?.id ?? "";
}

/** Mermaid reads entities within quotes, with `#` for `&`. */
function mermaidText(text: string): string {
  return showText(text).replaceAll(/[#"&<>]/g, (character) => `#${character.codePointAt(0) ?? 0};`);
}

function dotText(text: string): string {
  return `"${showText(text).replaceAll(/["\\]/g, "\\$&")}"`;
}
