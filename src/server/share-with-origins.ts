import type { IncomingMessage } from "node:http";

/**
 * Headers that let pages of other origins ask questions and read the answers.
 *
 * @param origins those that the operator named; empty lets in nobody
 * @returns names and values; for any other origin and any other path nothing that lets it in
 */
export function shareWithOrigins(
  origins: ReadonlySet<string>,
  { method, url = "", headers }: Pick<IncomingMessage, "method" | "url" | "headers">,
): readonly (readonly [string, string])[] {
  if (origins.size === 0 || !/^\/graphql(\?|$)/.test(url)) return nothing;
  const { origin } = headers;
  if (origin === undefined || !origins.has(origin)) return [differing];
  const isPreflight = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
  return [differing, ["access-control-allow-origin", origin], ...(isPreflight ? preflight : readable)];
}

const nothing: readonly (readonly [string, string])[] = [];

/** Caches must not give one origin what another got. */
const differing = ["vary", "origin"] as const;

const preflight = [
  ["access-control-allow-methods", "GET, POST"],
  ["access-control-allow-headers", "accept, apollo-require-preflight, authorization, content-type, if-none-match"],
  ["access-control-max-age", "7200"],
] as const;

const readable = [["access-control-expose-headers", "etag, retry-after, x-request-id"]] as const;
