import type { Snapshot } from "../../grants/snapshot.js";
import type { AccessQuestion, Taken } from "./access-question.js";
import type { AccessQuestionInput } from "./question-input.js";
import { takeActions } from "./take-actions.js";
import { takeContext } from "./take-context.js";
import { takeResource } from "./take-resource.js";

/**
 * Turns a question's strings into values, or refuses it naming the argument. An action that the catalog does not know is
 * taken all the same, with a remark.
 *
 * @param place path of the argument that holds the question, e.g. `request`; empty at the top
 */
export function takeQuestion(snapshot: Snapshot, input: AccessQuestionInput, place: string): Taken<AccessQuestion> {
  const at = (name: string) => (place === "" ? name : `${place}.${name}`);
  const resource = takeResource(snapshot, input.resource, at("resource"));
  if ("refusal" in resource) return resource;
  const actions = takeActions(snapshot, input.actions, resource.value, at("actions"));
  if ("refusal" in actions) return actions;
  const context = takeContext(input.context, at("context"));
  if ("refusal" in context) return context;
  const { choice, remarks } = actions.value;
  return { value: { actions: choice, resource: resource.value, context: context.value, remarks } };
}
