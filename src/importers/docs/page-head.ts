import type { Page } from "./page.js";

export interface PageHead {
  readonly title: string;
  /** The product that the page is about, where the title names one before a colon. */
  readonly product?: string;
  /** ISO 8601 date. */
  readonly updatedAt?: string;
}

const CHROME =
  /^(?:all products|search|document center|copy as md|updated at:?|复制|文档|all-products-head|this product|source\s*[:：])/i;
const UPDATED = /^(?:last updated|updated at|更新时间|最終更新日)\s*[:：]\s*(.+)$/i;
/** The line above the date of a policy, which is not the page's. */
const MADE = /^(?:[-•*]\s+)?(?:creation time|创建时间)\s*[:：]/i;

/** Lines with words among which the first heading is a page's title. */
const HEAD = 60;

/**
 * Title, product and date of a page. The title stands above the date, which some copies of a page have below all else;
 * without a date it is the first heading.
 */
export function readPageHead(page: Page, fileName: string): PageHead {
  const lines = page.lines.filter(({ text }) => text !== "");
  const dateIndex = lines.findIndex(
    ({ text }, index) => UPDATED.test(text) && !MADE.test(lines[index - 1]?.text ?? ""),
  );
  const updatedAt = isoDate(UPDATED.exec(lines[dateIndex]?.text ?? "")?.[1] ?? "");
  const title = titleOf(lines, dateIndex) ?? fileName;
  const product = /^([^:：]{2,60})[:：]\s*\S/.exec(title)?.[1]?.trim();
  return {
    title,
    ...(product === undefined || dateIndex < 1 ? {} : { product }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
  };
}

function titleOf(lines: Page["lines"], dateIndex: number): string | undefined {
  const before = lines.slice(0, Math.max(dateIndex, 0)).findLast(({ text }) => !CHROME.test(text));
  const isTitle = before !== undefined && (dateIndex < HEAD || before.isHeading);
  const heading = lines
    .slice(0, HEAD)
    .find(({ isHeading, raw, text }) => isHeading && !raw.startsWith("###") && !CHROME.test(text));
  return isTitle ? before.text : heading?.text;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The day as ISO 8601. Reads `Mar 11, 2026` and `2026-03-11 09:00:00`; a time of day is dropped, since its zone is not given. */
export function isoDate(text: string): string | undefined {
  const numbers = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (numbers !== null) return numbers[0];
  const words = /^([a-z]{3})[a-z]*\.? (\d{1,2}), (\d{4})/i.exec(text);
  const month = MONTHS.indexOf((words?.[1] ?? "").toLowerCase()) + 1;
  if (words === null || month === 0) return undefined;
  return `${words[3]}-${String(month).padStart(2, "0")}-${(words[2] ?? "").padStart(2, "0")}`;
}
