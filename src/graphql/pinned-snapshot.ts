import type { Snapshot } from "../grants/snapshot.js";
import { refusal } from "./errors.js";
import type { ListRequest } from "./list-request.js";
import type { PageArgs } from "./page-args.js";
import { cursorOf } from "./paging.js";
import type { RequestContext, SnapshotRequest } from "./request-context.js";
import type { SnapshotInput } from "./snapshot.input.js";
import { takeTurn } from "./take-turn.js";

const REVISION = /^\d{1,18}$/;

/** A root list that is being paged through. */
export interface PagedList {
  readonly page: PageArgs;
  readonly list: ListRequest;
}

/**
 * The snapshot that a root field answers from: the one asked for, else that of the cursor given, else the newest.
 * @throws GraphQLError BAD_USER_INPUT when `at` contradicts itself or the cursor, REVISION_… when there is no such revision
 */
export async function pinnedSnapshot(
  context: RequestContext,
  at: SnapshotInput | null | undefined,
  paged?: PagedList,
): Promise<Snapshot> {
  const request = readRequest(at);
  const revision = paged === undefined ? undefined : cursorRevision(paged);
  await takeTurn(context);
  if (revision === undefined) return context.snapshotAt(request);
  return context.snapshotAt(reachesBack(request, revision) ? { revision } : request);
}

/** Does the request leave it to the cursor which revision is meant? If not, `paginate` compares the two. */
function reachesBack({ revision, asOf, minRevision }: SnapshotRequest, wanted: string): boolean {
  if (revision !== undefined || asOf !== undefined) return false;
  return minRevision === undefined || BigInt(minRevision) <= BigInt(wanted);
}

function cursorRevision({ page, list }: PagedList): string | undefined {
  return (cursorOf("after", page, list) ?? cursorOf("before", page, list))?.revision;
}

function readRequest(at: SnapshotInput | null | undefined): SnapshotRequest {
  const { revision, asOf, minRevision } = at ?? {};
  const request = {
    ...(typeof revision === "string" ? { revision } : {}),
    ...(typeof asOf === "string" ? { asOf } : {}),
    ...(typeof minRevision === "string" ? { minRevision } : {}),
  };
  if (request.revision !== undefined && request.asOf !== undefined) {
    throw refusal("at", "`revision` and `asOf` exclude each other; leave one out");
  }
  for (const field of ["revision", "minRevision"] as const) checkRevision(field, request[field]);
  return request;
}

function checkRevision(field: "revision" | "minRevision", text: string | undefined): void {
  if (text === undefined || REVISION.test(text)) return;
  throw refusal(`at.${field}`, `\`${text.slice(0, 64)}\` is no revision; give one that an answer named`);
}
