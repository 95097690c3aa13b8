/** Where a template stands in for any resource at all. */
export const ANY_RESOURCE = "*";

/** One template of a cell, or why it is none. */
export type TemplateReading =
  | { readonly template: string; readonly hadBlanks: boolean }
  /** Only the last part of a name, which the page completes elsewhere: `instances/*`. */
  | { readonly shortened: string }
  | { readonly unreadable: string };

const OPTIONAL = /^[(（](?:optional|可选)[)）]\s*/i;
const BETWEEN = / (?:or|and) (?=\S)| ?[或和,，、;；] ?| (?=acs ?:)/;
const PLACEHOLDER = /\{#[^{}]*\}|\$\{[^{}]*\}|\$[A-Za-z]\w*|<[^<>]*>|\{[^{}]*\}/g;

/** Reads the resource names of one line of a cell: `acs:…`, `*`, or the tail of one. */
export function readTemplates(line: string): TemplateReading[] {
  const pieces = line.replace(/\s+/g, " ").replace(OPTIONAL, "").split(BETWEEN);
  return pieces.filter((piece) => piece.trim() !== "").map(readTemplate);
}

function readTemplate(written: string): TemplateReading {
  const piece = written.trim().replace(/(?<=[\w*}>])[.。]$/, "");
  if (piece === ANY_RESOURCE) return { template: ANY_RESOURCE, hadBlanks: false };
  const joined = piece.replace(/ ?: ?/g, ":");
  if (!joined.startsWith("acs:")) return isTail(joined) ? { shortened: joined } : { unreadable: piece };
  return isWhole(joined) ? { template: joined, hadBlanks: joined !== piece } : { unreadable: piece };
}

/** `acs`, a service, a region, an account and what the service makes of the rest; no word is left open. */
function isWhole(arn: string): boolean {
  const [, service = "", region, account, ...rest] = arn.split(":");
  const bare = blankPlaceholders(arn);
  return (
    /^(?:[a-z][a-z0-9-]*|\*)$/.test(service) &&
    region !== undefined &&
    account !== undefined &&
    rest.join(":") !== "" &&
    !/[\s{}<>$]/.test(bare)
  );
}

/** A tail shows by a stroke and an open part that it is one; `read/write` is words. */
function isTail(text: string): boolean {
  const blank = blankPlaceholders(text);
  return /^[a-z][\w-]*\/\S+$/i.test(text) && blank.includes("*") && !/[\s{}<>$:]/.test(blank);
}

/** Pages name one placeholder in several ways; only what stands around it counts. */
export function blankPlaceholders(template: string): string {
  return template.replace(PLACEHOLDER, "*");
}

/** The service that a template belongs to; undefined for `*`. */
export function serviceOfTemplate(template: string): string | undefined {
  const service = template.split(":")[1];
  return service === "*" ? undefined : service;
}

/** Everything in front of the part that the service defines. */
export function prefixOf(template: string): string {
  return `${template.split(":").slice(0, 4).join(":")}:`;
}

/** The part that the service defines. */
export function tailOf(template: string): string {
  return template.split(":").slice(4).join(":");
}
