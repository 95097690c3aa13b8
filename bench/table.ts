import { type Figure, met, times } from "./figure.js";
import { headOf, type Run } from "./run-record.js";

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

/** Some runs side by side for a page in Markdown, and how each came about. */
export function markdownOf(runs: readonly Run[]): string {
  return [tableOfRuns(runs), "", ...runs.map((run) => `- ${run.size}: ${headOf(run)}`)].join("\n");
}

/** A column for each run, and a figure in the row of its name. */
function tableOfRuns(runs: readonly Run[]): string {
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
