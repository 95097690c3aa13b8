/** One line of the table. */
export interface Figure {
  readonly what: string;
  /** In words, as the issue of the target was set; empty where there is none. */
  readonly target: string;
  /** With its unit. */
  readonly measured: string;
  /** Against `hello` or the peer, where one was measured. */
  readonly ratio?: number;
  /** Absent where there is no target to meet. */
  readonly isMet?: boolean;
}

/** Milliseconds as people read them. */
export function milliseconds(value: number): string {
  return value < 1 ? `${(value * 1000).toPrecision(3)} µs` : `${value.toPrecision(3)} ms`;
}

/** How often a second. */
export const perSecond = (value: number): string => `${Math.round(value).toLocaleString("en")} a second`;

/** A table for a terminal or a page in Markdown. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, target, measured, ratio, isMet }) => [
    what,
    target,
    measured,
    ratio === undefined ? "" : `${ratio.toPrecision(3)} ×`,
    isMet === undefined ? "" : isMet ? "met" : "not met",
  ]);
  const lines = [["what", "target", "measured", "ratio", ""], ["---", "---", "---", "---", "---"], ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
