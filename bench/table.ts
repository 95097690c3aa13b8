import { type Figure, met, times } from "./figure.js";
import type { Run } from "./run-record.js";

type Cells = readonly string[];

/** One run for a terminal, which is Markdown too. */
export function tableOf({ figures }: Pick<Run, "figures">): string {
  const rows = figures.map((figure) => [
    figure.what,
    figure.target,
    figure.measured,
    figure.ratio === undefined ? "" : times(figure.ratio),
    met(figure),
  ]);
  return padded([["what", "target", "measured", "ratio", ""], ...rows]);
}

/** Some runs side by side, a column for each, for a page in Markdown. A figure is in the row of its name. */
export function tableOfRuns(runs: readonly Run[]): string {
  const names = [...new Set(runs.flatMap(({ figures }) => figures.map(({ what }) => what)))];
  const rows = names.map((what) => {
    const found = runs.map(({ figures }) => figures.find((figure) => figure.what === what));
    const target = found.find((figure) => figure !== undefined)?.target ?? "";
    return [what, target, ...found.map((figure) => (figure === undefined ? "" : cell(figure)))];
  });
  return padded([["what", "target", ...runs.map(({ size }) => size)], ...rows]);
}

function cell(figure: Figure): string {
  const { measured, ratio } = figure;
  const [state, factor] = [met(figure), ratio === undefined ? "" : `**${times(ratio)}**`];
  return [factor, measured, state === "not met" ? "**not met**" : state].filter((part) => part !== "").join("; ");
}

function padded(rows: readonly Cells[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? "").length)));
  const [head, ...rest] = rows.map(
    (cells) => `| ${cells.map((text, at) => text.padEnd(widths[at] ?? 0)).join(" | ")} |`,
  );
  return [head, `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rest].join("\n");
}
