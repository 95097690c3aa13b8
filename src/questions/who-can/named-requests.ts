import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import type { AccessQuestion } from "../access/access-question.js";
import { type PlainQuestion, plainQuestion } from "../access/plain-question.js";
import { type Asked, ask } from "../access/quick-verdict.js";

/** One action on one resource, which policies answer one by one. */
export interface NamedRequest {
  readonly question: AccessQuestion;
  readonly plain: PlainQuestion;
  readonly asked: Asked;
}

/**
 * What a question about several named things asks for, action by action: each action on each of its resources. Yields after each action.
 *
 * @returns undefined where it asks of a set, or where a part of it is no plain question
 */
export function* namedRequests(
  snapshot: Snapshot,
  question: AccessQuestion,
): Steps<readonly (readonly NamedRequest[])[] | undefined> {
  const { actions, resource: everywhere } = question;
  if (actions.isExact === false) return undefined;
  const all: NamedRequest[][] = [];
  for (const { resource = everywhere, ...part } of actions.parts) {
    if (resource.form !== "EACH") return undefined;
    const { text } = resource;
    const requests = resource.resources.flatMap((each): NamedRequest | [] => {
      const alone = { form: "EACH" as const, resources: [each], text };
      const own = { ...question, actions: { mode: "ALL" as const, parts: [part], text: part.name }, resource: alone };
      const plain = plainQuestion(snapshot, own);
      return plain === undefined ? [] : { question: own, plain, asked: ask(snapshot, own) };
    });
    if (requests.length < resource.resources.length) return undefined;
    all.push(requests);
    yield undefined;
  }
  return all;
}
