const units: Readonly<Record<string, number>> = { h: 3_600, d: 86_400, w: 604_800, y: 31_557_600 };

/**
 * Reads how long history is kept: a whole number and `h`, `d`, `w` or `y` (365.25 days).
 *
 * @returns seconds; undefined for a text of another form
 */
export function readRetention(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,5})([hdwy])$/.exec(text.trim()) ?? [];
  const seconds = units[unit ?? ""];
  return count === undefined || seconds === undefined ? undefined : Number(count) * seconds;
}

/** The words for a text that is none. */
export const retentionForm = "must be a whole number and a unit, h, d, w or y, e.g. 90d";
