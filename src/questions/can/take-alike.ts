import type { Snapshot } from "../../grants/snapshot.js";
import type { AccessQuestion, Taken } from "../access/access-question.js";
import type { AccessQuestionInput } from "../access/question-input.js";
import { takeQuestion } from "../access/take-question.js";

/** Turns a question's strings into values as `takeQuestion` does. */
export type TakeQuestion = (input: AccessQuestionInput, place: string) => Taken<AccessQuestion>;

/**
 * Takes the questions of one list. Of those about one action on one ARN, without circumstances, the same becomes the same value
 * each time: lists ask the same of many principals, and what a question comes down to is remembered with it.
 */
export function takeAlike(snapshot: Snapshot): TakeQuestion {
  const known = new Map<string, Map<string, AccessQuestion>>();
  return (input, place) => {
    const { name } = input.actions;
    const { arn } = input.resource;
    if (name === undefined || arn === undefined || input.context) return takeQuestion(snapshot, input, place);
    const ofAction = known.get(name) ?? new Map<string, AccessQuestion>();
    const question = ofAction.get(arn);
    if (question !== undefined) return { value: question };
    const taken = takeQuestion(snapshot, input, place);
    if ("refusal" in taken) return taken;
    ofAction.set(arn, taken.value);
    known.set(name, ofAction);
    return taken;
  };
}
