import type { Snapshot } from "../../grants/snapshot.js";
import type { PointRequest } from "../../policy/request.js";
import type { AccessQuestion } from "./access-question.js";
import { isServiceLinked, type KnownAsker } from "./asker.js";
import type { AskedPoint } from "./judge-access.js";
import { identityLayer, joinLayers, type OtherLayers, otherLayers } from "./layers-for.js";
import { accountRequest, askedBy } from "./request-of.js";

/** A question about one action on one resource, as it was last asked: mostly of many principals of one account in a row. */
interface LastAsked {
  readonly snapshot: Snapshot;
  readonly accountId: string | undefined;
  readonly isLinked: boolean;
  readonly request: PointRequest;
  readonly layers: OtherLayers;
}

const LAST_ASKED = new WeakMap<AccessQuestion, LastAsked>();

/**
 * What a question about one action on one resource comes down to, not judged; undefined for every other question. What it is for
 * all users and roles of an account is remembered with the question.
 */
export function lonePoint(snapshot: Snapshot, asker: KnownAsker, question: AccessQuestion): AskedPoint | undefined {
  const asked = askedBefore(snapshot, asker, question) ?? askAnew(snapshot, asker, question);
  if (asked === undefined) return undefined;
  const request = askedBy(asked.request, asker.caller);
  return { request, layers: joinLayers(asked.layers, identityLayer(asker, question, request)) };
}

function askedBefore(snapshot: Snapshot, asker: KnownAsker, question: AccessQuestion): LastAsked | undefined {
  const last = LAST_ASKED.get(question);
  if (last?.snapshot !== snapshot || last.accountId !== asker.caller.accountId) return undefined;
  return last.isLinked === isServiceLinked(asker) ? last : undefined;
}

function askAnew(snapshot: Snapshot, asker: KnownAsker, question: AccessQuestion): LastAsked | undefined {
  const [part, ...others] = question.actions.parts;
  const choice = part?.resource ?? question.resource;
  if (part === undefined || others.length > 0 || choice.form !== "EACH") return undefined;
  const [resource, ...more] = choice.resources;
  if (resource === undefined || more.length > 0) return undefined;
  const { accountId } = asker.caller;
  const request = accountRequest(snapshot, asker.caller, question, part.name, resource);
  const layers = otherLayers(snapshot, asker, question, request);
  const asked: LastAsked = { snapshot, accountId, isLinked: isServiceLinked(asker), request, layers };
  LAST_ASKED.set(question, asked);
  return asked;
}
