import type { BatchFinding } from "../../inventory/batch.js";
import type { Granularity } from "../../inventory/catalog.js";
import { noteLine, type PageLine } from "./page.js";

/** What the sentence about the RAM code says. */
export interface RamCode {
  readonly line: PageLine;
  /** The product as the sentence calls it. */
  readonly product: string;
  /** Lower case; empty where the sentence's code cannot be read. */
  readonly codes: readonly string[];
  readonly granularity?: Granularity;
  readonly findings: readonly BatchFinding[];
}

/** The sentence in its editions; groups: product, codes, granularity. */
const SENTENCES = [
  /RAM code \(RamCode\) for (.{1,120}?) is\s*(.{0,200}?)\s*,? and the supported authorization granularity is\s*([^.。]*)/,
  /code \(RamCode\) in RAM that is used to indicate (.{1,120}?) is\s*(.{0,200}?)\s*\. You can grant permissions on.{0,120}? (?:at the )?([^\s.。]*)[.。]/,
  /(?:^|[。.])?([^。]{1,60}?) ?的 ?RAM ?代码[（(]RamCode[)）]为\s*(.{0,200}?)\s*[，,]\s*支持的授权粒度为\s*([^。.]*)/,
];

const GRANULARITIES: readonly (readonly [RegExp, Granularity])[] = [
  [/^(?:resource\b|resource-level|资源级)/i, "RESOURCE"],
  [/^(?:operation\b|operation-level|操作级)/i, "OPERATION"],
  [/^(?:service\b|service-level|服务级)/i, "SERVICE"],
];

/** Finds the sentences that give products' RAM codes and how finely rights can be granted; most pages have one. */
export function readRamCodes(lines: readonly PageLine[]): RamCode[] {
  return lines.flatMap((line) => {
    if (!line.text.includes("RamCode")) return [];
    for (const sentence of SENTENCES) {
      const [, product, codes, granularity] = sentence.exec(line.text) ?? [];
      if (product !== undefined) return [ramCodeOf(line, product, codes ?? "", (granularity ?? "").trim())];
    }
    return [sentenceUnreadable(line)];
  });
}

function sentenceUnreadable(line: PageLine): RamCode {
  const message = `what the sentence \`${line.text.slice(0, 120)}\` says of RAM codes cannot be read`;
  return { line, product: "", codes: [], findings: [noteLine(line, "RAM_CODE_UNREADABLE", "WARNING", message)] };
}

function ramCodeOf(line: PageLine, product: string, written: string, granularity: string): RamCode {
  const found = withoutEmphasis(written)
    .split(/\s*,\s*/)
    .filter((code) => code !== "");
  const isReadable = found.length > 0 && found.every((code) => /^[a-z][a-z0-9-]*$/i.test(code));
  const level = GRANULARITIES.find(([words]) => words.test(withoutEmphasis(granularity)))?.[1];
  const findings: BatchFinding[] = [];
  if (!isReadable)
    findings.push(
      noteLine(line, "RAM_CODE_UNREADABLE", "WARNING", `the RAM code reads \`${written}\`, which is no code`),
    );
  else if (/[A-Z]/.test(written))
    findings.push(
      noteLine(line, "RAM_CODE_IN_CAPITALS", "WARNING", `the RAM code reads \`${written}\`; codes are in lower case`),
    );
  if (isReadable && found.length > 1)
    findings.push(
      noteLine(
        line,
        "RAM_CODES_SEVERAL",
        "SUGGESTION",
        `the page gives RAM codes \`${found.join(",")}\`; the first is taken for the product's own`,
      ),
    );
  if (level === undefined)
    findings.push(
      noteLine(
        line,
        "GRANULARITY_UNREADABLE",
        "WARNING",
        `the authorization granularity reads \`${granularity}\`, which is none that is known`,
      ),
    );
  return {
    line,
    product: withoutEmphasis(product),
    codes: isReadable ? found.map((code) => code.toLowerCase()) : [],
    ...(level === undefined ? {} : { granularity: level }),
    findings,
  };
}

const withoutEmphasis = (text: string): string =>
  text
    .trim()
    .replace(/^_+|_+$/g, "")
    .trim();
