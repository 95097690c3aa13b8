import type { PageParts } from "./page-parts.js";

/** `StopBox - Stops a box`; a product's name in capitals is no operation. */
const TITLE = /^([A-Z][a-z][A-Za-z0-9]*)\s+-\s/;
/** The help centre links each operation to the place where it can be tried. */
const TRIAL =
  /https:\/\/api\.(?:aliyun|alibabacloud)\.com\/api\/[\w.-]{1,80}\/[\w.-]{1,40}\/([A-Z][A-Za-z0-9]{0,127})(?![\w/-])/g;

/** The one API operation that a page is about, by its title, a heading, or its own links; undefined for any other page. */
export function operationOfPage({ head, page }: PageParts): string | undefined {
  const titled = TITLE.exec(head.title)?.[1];
  if (titled !== undefined) return titled;
  const headings = page.lines.flatMap(({ isHeading, text }) => (isHeading ? (TITLE.exec(text)?.[1] ?? []) : []));
  return only(headings) ?? only([...page.text.matchAll(TRIAL)].flatMap(([, name]) => name ?? []));
}

function only(names: readonly string[]): string | undefined {
  const distinct = new Set(names);
  return distinct.size === 1 ? names[0] : undefined;
}
