import type { GraphEdge } from "./edges-of.js";
import { showText } from "./show-text.js";

/** Draws edges in Mermaid's language for flow charts. */
export function toMermaid(edges: readonly GraphEdge[]): string {
  const ids = idsOf(edges);
  const nodes = [...ids].map(([name, id]) => `  ${id}["${mermaidText(name)}"]`);
  const lines = edges.map(({ from, to, label }) => {
    const arrow = label === "" ? "-->" : `-->|"${mermaidText(label)}"|`;
    return `  ${ids.get(from) ?? ""} ${arrow} ${ids.get(to) ?? ""}`;
  });
  return ["flowchart LR", ...nodes, ...lines].join("\n");
}

/** Draws edges in the DOT language of Graphviz. */
export function toDot(edges: readonly GraphEdge[]): string {
  const lines = edges.map(({ from, to, label }) => {
    const attributes = label === "" ? "" : ` [label=${dotText(label)}]`;
    return `  ${dotText(from)} -> ${dotText(to)}${attributes};`;
  });
  return ["digraph ramgraph {", "  rankdir=LR;", ...lines, "}"].join("\n");
}

/** Names may hold anything, so nodes are numbered and bear them as labels. */
function idsOf(edges: readonly GraphEdge[]): ReadonlyMap<string, string> {
  const names = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  return new Map(names.map((name, index) => [name, `n${index}`]));
}

/** Mermaid reads entities within quotes, with `#` for `&`. */
function mermaidText(text: string): string {
  return showText(text).replaceAll(/[#"&<>]/g, (character) => `#${character.codePointAt(0) ?? 0};`);
}

function dotText(text: string): string {
  return `"${showText(text).replaceAll(/["\\]/g, "\\$&")}"`;
}
