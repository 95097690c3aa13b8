import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { LiveSnapshot } from "../app/live-snapshot.js";
import { readVersion } from "../app/read-version.js";
import type { Viewer } from "../graphql/request-context.js";
import { keyOf } from "./cost-budget.js";

/** Everything that the answer to a trusted document hangs on. */
export interface Asking {
  readonly sha256: string;
  /** As they came, undecoded. */
  readonly search: string;
  readonly accept: string | undefined;
  readonly viewer: Viewer;
  /** The newest one. */
  readonly snapshot: Pick<LiveSnapshot["newest"], "revision" | "committedAt">;
}

const version = readVersion();

/**
 * The tag of an answer. It is a weak one, as the answer tells besides what is left of the viewer's budget.
 * Two databases may have the same revision, but not from the same instant.
 */
export function tagOf({ sha256, search, accept, viewer, snapshot }: Asking): string {
  const { revision, committedAt } = snapshot;
  const parts = [version, sha256, search, accept ?? null, keyOf(viewer), viewer.mayExplore, revision, committedAt];
  return `W/"${createHash("sha256").update(JSON.stringify(parts)).digest("base64url")}"`;
}

/** Does the client hold the answer of that tag? */
export function holdsAnswer({ "if-none-match": held = "" }: IncomingHttpHeaders, tag: string): boolean {
  const opaque = (each: string) => each.trim().replace(/^W\//, "");
  return held.split(",").some((each) => opaque(each) === opaque(tag));
}

/** May be kept by the one who asked, and must be asked for again each time. */
export const headersOf = (tag: string) => ({
  etag: tag,
  "cache-control": "private, no-cache",
  vary: "accept, authorization, origin",
});
