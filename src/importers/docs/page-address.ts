/** Lines at the top of a page among which it says where it comes from. */
const HEAD_LINES = 20;
const LINK_TAG = /<(?:link|meta)\b[^<>]{0,1000}>/gi;
/** `source: …`, `URL: …` in front matter, or a line of its own that begins so. */
const SOURCE_LINE =
  /^\W{0,10}(?:source|url|uri|link|permalink|original|canonical|source[ _-]url|canonical[ _-]url|来源|原文|原文链接|链接|地址)\s*["']?\s*[:：]/i;
const ADDRESS = /https?:\/\/[^\s"'<>()[\]{}|\\^`，。；]{1,500}/gi;

/**
 * The address that a saved page gives for itself: the canonical link of an HTML page, or a line near the top that says
 * where the page comes from. Undefined where it gives none, or more than one.
 */
export function findPageAddress(text: string): string | undefined {
  const tags = text.slice(0, 100_000).match(LINK_TAG) ?? [];
  const canonical = tags.find((tag) => /\brel\s*=\s*["']?canonical\b|\bproperty\s*=\s*["']?og:url\b/i.test(tag));
  if (canonical !== undefined) return onlyAddress(canonical);
  const lines = text.slice(0, 20_000).split(/\r?\n/, HEAD_LINES);
  const found = lines.filter((line) => SOURCE_LINE.test(line)).flatMap((line) => onlyAddress(line) ?? []);
  return new Set(found).size === 1 ? found[0] : undefined;
}

function onlyAddress(text: string): string | undefined {
  const found = (text.match(ADDRESS) ?? []).map(addressOf);
  return found.length === 1 ? found[0] : undefined;
}

/** The same for every copy of a page: without what only one reader's visit added. */
function addressOf(written: string): string | undefined {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || url.pathname === "/" || url.pathname.includes("...")) return undefined;
  return `https://${url.host}${url.pathname.replace(/\/$/, "")}`;
}
