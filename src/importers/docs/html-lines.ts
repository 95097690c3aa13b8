import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse } from "parse5";
import { cleanText } from "./clean-text.js";
import { type LineDraft, type Page, pageOf } from "./page.js";
import { spanCells, type WrittenCell } from "./spanning-cells.js";

type Node = DefaultTreeAdapterMap["node"];
type Element = DefaultTreeAdapterMap["element"];

/** True when the text is an HTML document or a piece of one. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html|head|body|main|article|section|div|h[1-6]|p|table)\b/i.test(
    text,
  );
}

/** Pages come nowhere near; a parser's work grows with the square of the depth, so deeper text is refused unparsed. */
const DEEPEST = 500;
/** Elements that never nest in themselves without being closed. */
const SHALLOW =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|td|th|tr|dt|dd|tbody|thead|option)$/;

/** Reads HTML into the same lines as text: nothing is fetched or run. It must not be too deep. */
export function readHtmlLines(html: string): Page {
  const writer: Writer = { drafts: [], words: "", line: 1, isHeading: false, cellsOfRow: spanCells() };
  writeNode(writer, parse(html, { sourceCodeLocationInfo: true }));
  endLine(writer);
  return pageOf(writer.drafts);
}

/** True for HTML that nests too deep to be a page. */
export function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, slash, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (SHALLOW.test((name ?? "").toLowerCase())) continue;
    depth += slash === "" ? 1 : -1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

interface Writer {
  readonly drafts: LineDraft[];
  words: string;
  line: number;
  isHeading: boolean;
  /** Gives the rows of the table that is read their cells. */
  cellsOfRow: ReturnType<typeof spanCells>;
}

const SKIPPED = new Set(["script", "style", "template", "noscript", "svg", "iframe", "object", "nav", "title"]);
const BLOCKS =
  /^(?:address|article|aside|blockquote|body|dd|details|div|dl|dt|figure|footer|form|h[1-6]|header|hr|li|main|ol|p|section|summary|table|tbody|thead|ul)$/;

function writeNode(writer: Writer, node: Node): void {
  if (defaultTreeAdapter.isTextNode(node)) {
    if (writer.words.trim() === "") writer.line = lineOfText(node.value, node.sourceCodeLocation?.startLine);
    writer.words += node.value.replace(/\s+/g, " ");
  } else if (defaultTreeAdapter.isElementNode(node)) writeElement(writer, node);
  else if ("childNodes" in node) for (const child of node.childNodes) writeNode(writer, child);
}

/** Where the first word of a text stands: leading line breaks belong to the markup. */
function lineOfText(value: string, startLine = 1): number {
  const lead = /^\s*/.exec(value)?.[0] ?? "";
  return startLine + lead.split("\n").length - 1;
}

function writeElement(writer: Writer, element: Element): void {
  const name = element.tagName;
  if (SKIPPED.has(name)) return;
  if (name === "br") endLine(writer);
  else if (name === "pre") writePre(writer, element);
  else if (name === "tr") writeRow(writer, element);
  else writeChildren(writer, element);
}

function writeChildren(writer: Writer, element: Element): void {
  const isBlock = BLOCKS.test(element.tagName);
  if (element.tagName === "table") writer.cellsOfRow = spanCells();
  if (isBlock) endLine(writer);
  if (/^h[1-6]$/.test(element.tagName)) writer.isHeading = true;
  for (const child of element.childNodes) writeNode(writer, child);
  if (isBlock) endLine(writer);
}

function endLine(writer: Writer): void {
  const text = cleanText(writer.words);
  if (text !== "") writer.drafts.push({ number: writer.line, raw: writer.words, text, isHeading: writer.isHeading });
  writer.words = "";
  writer.isHeading = false;
}

function writePre(writer: Writer, element: Element): void {
  endLine(writer);
  const first = element.sourceCodeLocation?.startLine ?? 1;
  for (const [index, raw] of textOf(element).split("\n").entries()) {
    writer.drafts.push({ number: first + index, raw, text: cleanText(raw), isHeading: false });
  }
}

/** A row is one line with cells; what its cells hold verbatim follows as lines without words, so that JSON is found. */
function writeRow(writer: Writer, row: Element): void {
  endLine(writer);
  const number = row.sourceCodeLocation?.startLine ?? 1;
  const parts = row.childNodes.filter((node) => defaultTreeAdapter.isElementNode(node));
  const cells = writer.cellsOfRow(parts.map(writtenCell));
  writer.drafts.push({ number, raw: "", text: cells.join(" ").trim(), isHeading: false, cells });
  for (const cell of parts) {
    const first = cell.sourceCodeLocation?.startLine ?? number;
    const text = textOf(cell);
    if (!text.includes("{")) continue;
    for (const [index, raw] of text.split("\n").entries())
      writer.drafts.push({ number: first + index, raw, text: "", isHeading: false });
  }
}

function writtenCell(cell: Element): WrittenCell {
  return { text: cellLines(cell).join("\n"), width: spanOf(cell, "colspan"), height: spanOf(cell, "rowspan") };
}

/** How far a cell reaches; 1 for anything that is no number of at most three digits. */
function spanOf(cell: Element, name: "colspan" | "rowspan"): number {
  const written = cell.attrs.find((attribute) => attribute.name === name)?.value ?? "";
  return /^[1-9]\d{0,2}$/.test(written) ? Number(written) : 1;
}

function cellLines(cell: Element): string[] {
  const writer: Writer = { drafts: [], words: "", line: 1, isHeading: false, cellsOfRow: spanCells() };
  for (const child of cell.childNodes) writeNode(writer, child);
  endLine(writer);
  return writer.drafts.map(({ text }) => text).filter((text) => text !== "");
}

function textOf(node: Node): string {
  if (defaultTreeAdapter.isTextNode(node)) return node.value;
  if (defaultTreeAdapter.isElementNode(node) && node.tagName === "br") return "\n";
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}
