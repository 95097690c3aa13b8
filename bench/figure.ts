import { z } from "zod";

/** What the plot draws against the size of the world, in milliseconds; `memory` in MiB. */
export const LINES = ["decision", "whoCan, cold", "whoCan, warm", "load", "import", "memory"] as const;

/** One line of the table. */
export const figureSchema = z
  .object({
    what: z.string(),
    /** In words; empty where there is none. */
    target: z.string(),
    /** With its unit. */
    measured: z.string(),
    /** Against `hello` or the peer, where one was measured. */
    ratio: z.number().exactOptional(),
    /** Absent where there is no target to meet. */
    isMet: z.boolean().exactOptional(),
    /** Where it lies in the plot. */
    point: z
      .object({ line: z.enum(LINES), value: z.number() })
      .readonly()
      .exactOptional(),
  })
  .readonly();
export type Figure = z.output<typeof figureSchema>;

/** Milliseconds as people read them. */
export function milliseconds(value: number): string {
  if (value < 1) return `${rounded(value * 1000)} µs`;
  return value < 10_000 ? `${rounded(value)} ms` : `${rounded(value / 1000)} s`;
}

/** Three digits that count, and never an exponent. */
const rounded = (value: number): string => (value >= 100 ? String(Math.round(value)) : value.toPrecision(3));

/** How often a second. */
export const perSecond = (value: number): string => `${Math.round(value).toLocaleString("en")} a second`;

/** How many times as much. */
export const times = (ratio: number): string => `${rounded(ratio)} ×`;

/** Whether the target was met, in words; empty where there is none. */
export const met = ({ isMet }: Figure): string => (isMet === undefined ? "" : isMet ? "met" : "not met");
