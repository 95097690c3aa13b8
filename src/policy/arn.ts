import { asciiLower } from "./ascii.js";
import { matchesWildcard } from "./wildcard.js";

/** The five segments of `acs:<service>:<region>:<account>:<relative id>`; the relative id may hold further colons. */
export type ArnSegments = readonly [
  partition: string,
  service: string,
  region: string,
  account: string,
  relativeId: string,
];

/**
 * Splits at the first four colons and folds what RAM does not tell apart: the first four segments in lower case, an
 * empty region or account as `*` (`acs:ram::1:role/x` and `acs:ram:*:1:role/x` are one role). Undefined when there are
 * fewer than five segments or the first is not `acs`.
 */
export function splitArn(text: string): ArnSegments | undefined {
  if (!text.startsWith("acs:") && !/^acs:/i.test(text)) return undefined;
  const service = 4;
  const region = behindColon(text, service);
  const account = region === 0 ? 0 : behindColon(text, region);
  const relativeId = account === 0 ? 0 : behindColon(text, account);
  if (relativeId === 0) return undefined;
  return [
    "acs",
    asciiLower(text.slice(service, region - 1)),
    asciiLower(text.slice(region, account - 1)) || "*",
    asciiLower(text.slice(account, relativeId - 1)) || "*",
    text.slice(relativeId),
  ];
}

/** Zero where there is no colon from there on. */
function behindColon(text: string, from: number): number {
  return text.indexOf(":", from) + 1;
}

/**
 * Whether relative ids of a service ignore letter case. RAM returns role ARNs in lower case and policies name roles so
 * (`role/aliyunfcdefaultrole`); object keys of OSS must keep theirs. Nothing is documented, so everything but RAM's own
 * resources is compared exactly.
 */
export function ignoresCase(serviceCode: string): boolean {
  return serviceCode === "ram" || serviceCode === "sts";
}

/** A resource as a request names it. `*` in it is a plain character. */
export interface RequestResource {
  /** As asked. */
  readonly text: string;
  /** Absent for the unscoped resource `*`. */
  readonly segments?: ArnSegments;
  /** The text with folded segments, for patterns that are matched as a whole. */
  readonly folded: string;
}

/** The resource of actions that take none; only the pattern `*` covers it. */
export const UNSCOPED: RequestResource = { text: "*", folded: "*" };

/**
 * Reads the resource of a request: five segments, the account digits, `*`, empty or `system`. Returns undefined when the
 * text has not that form.
 */
export function readRequestArn(text: string): RequestResource | undefined {
  const segments = splitArn(text);
  if (segments === undefined || !isAccountPart(segments[3])) return undefined;
  if (ignoresCase(segments[1]) || !FOLDED.test(text)) return requestResource(text, segments);
  return { text, segments, folded: text };
}

/** Most are written as they are folded: nothing is empty and nothing in upper case. */
const FOLDED = /^acs:[^:A-Z]*:[^:A-Z]+:[^:A-Z]+:/;

/**
 * Would `readRequestArn` read it, and is it without control characters? Questions and answers hold many ARNs, whose form is all that
 * is checked of them, in one go.
 */
export function isPrintableArn(text: string): boolean {
  return PRINTABLE.test(text);
}

const PRINTABLE = /^[Aa][Cc][Ss]:[^:\p{Cc}]*:[^:\p{Cc}]*:(?:\d*|\*|[Ss][Yy][Ss][Tt][Ee][Mm]):\P{Cc}*$/u;

/** The account of a resource asked about: digits, `*` for one's own, or `system` for what belongs to the cloud. */
export function isAccountPart(segment: string): boolean {
  return /^(?:\d+|\*|system)$/.test(segment);
}

/** A request resource from any five segments, also such as no real account has (a witness of a pattern). */
export function requestResource(text: string, segments: ArnSegments): RequestResource {
  const relativeId = ignoresCase(segments[1]) ? asciiLower(segments[4]) : segments[4];
  const folded: ArnSegments = [segments[0], segments[1], segments[2], segments[3], relativeId];
  return { text, segments: folded, folded: folded.join(":") };
}

/** A resource pattern of a policy. */
export interface ResourcePattern {
  /** As written, blanks at the ends removed. */
  readonly text: string;
  readonly form: "ANY" | "ARN" | "WHOLE";
  /** Present for the form `ARN`. */
  readonly segments?: ArnSegments;
}

export type ResourcePatternRemark =
  | "EMPTY_ACCOUNT"
  | "EMPTY_SERVICE"
  | "ACCOUNT_NOT_AN_ID"
  | "FOUR_SEGMENTS"
  | "NOT_AN_ARN";

/**
 * Reads a pattern of a `Resource` element. `*` covers every resource. Five segments are compared one by one. Four that
 * begin with `acs:` get `*` for the last. Anything else is compared as a whole text; the remark tells which of these
 * readings is a guess.
 */
export function readResourcePattern(text: string): { pattern: ResourcePattern; remark?: ResourcePatternRemark } {
  if (text === "*") return { pattern: { text, form: "ANY" } };
  const segments = splitArn(text);
  if (segments !== undefined) {
    const remark = remarkOn(text, segments);
    return { pattern: { text, form: "ARN", segments }, ...(remark !== undefined && { remark }) };
  }
  const widened = splitArn(`${text}:*`);
  if (widened !== undefined) return { pattern: { text, form: "ARN", segments: widened }, remark: "FOUR_SEGMENTS" };
  return { pattern: { text, form: "WHOLE" }, remark: "NOT_AN_ARN" };
}

/** Placeholders and names in place of a service or an account leave a pattern that covers nothing. */
function remarkOn(text: string, [, service, , account]: ArnSegments): ResourcePatternRemark | undefined {
  if (service === "") return "EMPTY_SERVICE";
  if (/^acs:[^:]*:[^:]*::/i.test(text)) return "EMPTY_ACCOUNT";
  const isAccount = /^[\d*?]+$/.test(account) || matchesWildcard(account, "system");
  return isAccount ? undefined : "ACCOUNT_NOT_AN_ID";
}

/** Does the pattern cover the resource? Segment by segment: `*` does not cross the first four colons. */
export function coversResource(pattern: ResourcePattern, resource: RequestResource): boolean {
  if (pattern.form === "ANY") return true;
  if (pattern.segments === undefined) return matchesWildcard(foldFor(resource, pattern.text), resource.folded);
  return differingSegment(pattern.segments, resource) === undefined;
}

/**
 * Index of the first segment in which the resource differs from the pattern; undefined when none does. The unscoped
 * resource differs in the first.
 */
export function differingSegment(pattern: ArnSegments, resource: RequestResource): number | undefined {
  const { segments } = resource;
  if (segments === undefined) return 0;
  for (let i = 0; i < 5; i++) {
    const expected = pattern[i] ?? "";
    if (!matchesWildcard(i === 4 ? foldFor(resource, expected) : expected, segments[i] ?? "")) return i;
  }
  return undefined;
}

function foldFor({ segments }: RequestResource, pattern: string): string {
  return segments !== undefined && ignoresCase(segments[1]) ? asciiLower(pattern) : pattern;
}
