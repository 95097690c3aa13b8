import type { Snapshot } from "../grants/snapshot.js";
import { refusal } from "./errors.js";
import type { ListRequest } from "./list-request.js";
import type { PageArgs } from "./page-args.js";
import { cursorOf } from "./paging.js";
import type { RequestContext, SnapshotRequest } from "./request-context.js";
import type { SnapshotInput } from "./snapshot.input.js";
import { supposedSnapshot } from "./supposed-snapshot.js";
import { takeTurn } from "./take-turn.js";

const REVISION = /^\d{1,18}$/;

/** A root list that is being paged through. */
export interface PagedList {
  readonly page: PageArgs;
  readonly list: ListRequest;
}

/**
 * The snapshot that a root field answers from: the one asked for, else that of the cursor given, else the newest.
 * @param place path of the argument that `at` stands for, for refusals
 * @throws GraphQLError BAD_USER_INPUT when `at` contradicts itself or the cursor, REVISION_… when there is no such revision
 */
export async function pinnedSnapshot(
  context: RequestContext,
  at: SnapshotInput | null | undefined,
  paged?: PagedList,
  place = "at",
): Promise<Snapshot> {
  const request = readRequest(at, place);
  const revision = paged === undefined ? undefined : cursorRevision(paged);
  await takeTurn(context);
  const isCursors = revision !== undefined && reachesBack(request, revision);
  const snapshot = await context.snapshotAt(isCursors ? { revision } : request);
  const changes = at?.changes ?? [];
  return changes.length === 0 ? snapshot : await supposedSnapshot(context, snapshot, changes, `${place}.changes`);
}

/** Does the request leave it to the cursor which revision is meant? If not, `paginate` compares the two. */
function reachesBack({ revision, asOf, minRevision }: SnapshotRequest, wanted: string): boolean {
  if (revision !== undefined || asOf !== undefined) return false;
  return minRevision === undefined || BigInt(minRevision) <= BigInt(wanted);
}

function cursorRevision({ page, list }: PagedList): string | undefined {
  return (cursorOf("after", page, list) ?? cursorOf("before", page, list))?.revision;
}

function readRequest(at: SnapshotInput | null | undefined, place: string): SnapshotRequest {
  const { revision, asOf, minRevision } = at ?? {};
  const request = {
    ...(typeof revision === "string" ? { revision } : {}),
    ...(typeof asOf === "string" ? { asOf } : {}),
    ...(typeof minRevision === "string" ? { minRevision } : {}),
  };
  if (request.revision !== undefined && request.asOf !== undefined) {
    throw refusal(place, "`revision` and `asOf` exclude each other; leave one out");
  }
  for (const field of ["revision", "minRevision"] as const) checkRevision(`${place}.${field}`, request[field]);
  return request;
}

function checkRevision(argument: string, text: string | undefined): void {
  if (text === undefined || REVISION.test(text)) return;
  throw refusal(argument, `\`${text.slice(0, 64)}\` is no revision; give one that an answer named`);
}
