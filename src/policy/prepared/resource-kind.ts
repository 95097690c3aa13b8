import { ignoresCase, type RequestResource } from "../arn.js";
import type { PreparedStatement } from "./prepared-statement.js";
import type { ResourceMatcher } from "./resource-matcher.js";
import { matchesText, type TextMatcher } from "./text-matcher.js";

/** All resources of one service, region and account whose relative ids begin alike, such as those of one type. */
export interface ResourceKind {
  /** Kinds with one name are the same. */
  readonly name: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** What relative ids begin with: all up to the first slash, and that; nothing where there is none. */
  readonly prefix: string;
}

/** The kind of a resource; undefined for the unscoped one. */
export function kindOf({ segments }: RequestResource): ResourceKind | undefined {
  if (segments === undefined) return undefined;
  const [, service, region, account, relativeId] = segments;
  const prefix = relativeId.slice(0, relativeId.indexOf("/") + 1);
  // None of the first three holds a colon.
  return { name: `${service}:${region}:${account}:${prefix}`, service, region, account, prefix };
}

/** How much of a kind a statement covers. `SOME` may be any part of it, also all or nothing. */
export type KindCoverage = "ALL" | "NONE" | "SOME";

/** What `mayReach` says of every resource of a kind, where that is certain to be the same. */
export function coverageOfKind(
  { coversAnyResource, isResourceNegated, resources }: PreparedStatement,
  kind: ResourceKind,
): KindCoverage {
  if (coversAnyResource) return "ALL";
  const parts = resources.map((matcher) => matchedOfKind(matcher, kind));
  if (parts.includes("ALL")) return isResourceNegated ? "NONE" : "ALL";
  if (parts.includes("SOME")) return "SOME";
  return isResourceNegated ? "ALL" : "NONE";
}

function matchedOfKind(matcher: ResourceMatcher, { service, region, account, prefix }: ResourceKind): KindCoverage {
  if (matcher.form === "ANY") return "ALL";
  if (matcher.form === "WHOLE") return "SOME";
  const isApart =
    !matchesText(matcher.service, service) ||
    !matchesText(matcher.region, region) ||
    !matchesText(matcher.account, account);
  if (isApart) return "NONE";
  return begunBy(ignoresCase(service) ? matcher.relativeIdFolded : matcher.relativeId, prefix);
}

/** How many of the texts that begin so a pattern matches. */
function begunBy({ form, text }: TextMatcher, prefix: string): KindCoverage {
  switch (form) {
    case "ANY":
      return "ALL";
    case "PREFIX":
      if (prefix.startsWith(text)) return "ALL";
      return text.startsWith(prefix) ? "SOME" : "NONE";
    case "EXACT":
      return text.startsWith(prefix) ? "SOME" : "NONE";
    case "WILDCARDS":
      return "SOME";
  }
}
