import type { Snapshot } from "../../grants/snapshot.js";
import type { Taken } from "../access/access-question.js";
import type { AccessQuestionInput } from "../access/question-input.js";
import { type Asked, ask } from "../access/quick-verdict.js";
import { takeQuestion } from "../access/take-question.js";

/** Turns a question's strings into values as `takeQuestion` does, and works out what it comes down to. */
export type TakeAsked = (input: AccessQuestionInput, place: string) => Taken<Asked>;

/** Takes one question. */
export function takeAsked(snapshot: Snapshot, input: AccessQuestionInput, place: string): Taken<Asked> {
  const taken = takeQuestion(snapshot, input, place);
  return "refusal" in taken ? taken : { value: ask(snapshot, taken.value) };
}

/**
 * Takes the questions of one list. Of those about one action on one ARN, without circumstances, the same becomes the same value
 * each time: lists ask the same of many principals, and what a question comes down to is kept with it.
 */
export function takeAlike(snapshot: Snapshot): TakeAsked {
  const known = new Map<string, Map<string, Taken<Asked>>>();
  return (input, place) => {
    const { name } = input.actions;
    const { arn } = input.resource;
    if (name === undefined || arn === undefined || input.context) return takeAsked(snapshot, input, place);
    const ofAction = known.get(name) ?? new Map<string, Taken<Asked>>();
    const asked = ofAction.get(arn);
    if (asked !== undefined) return asked;
    const taken = takeAsked(snapshot, input, place);
    if ("refusal" in taken) return taken;
    ofAction.set(arn, taken);
    known.set(name, ofAction);
    return taken;
  };
}
