import { serviceOfAction } from "../policy/action-pattern.js";
import type { Statement } from "../policy/document.js";
import { parsePolicy } from "../policy/parse-policy.js";

/** Every pattern that a policy document (JSON text) writes under `Action` or `NotAction`, in the order of the text. */
export function actionPatternsIn(document: string): readonly string[] {
  return parsePolicy(document, "IDENTITY").value.statements.flatMap(({ actions }) => patternsOf(actions));
}

/**
 * RAM codes of the services in which a document (JSON text) allows something. `NotAction` and patterns whose service
 * part holds a wildcard name no service.
 */
export function servicesGrantedBy(document: string): ReadonlySet<string> {
  const granting = parsePolicy(document, "IDENTITY").value.statements.filter(
    ({ effect, actions }) => effect === "ALLOW" && actions !== "UNREADABLE" && !actions.isNegated,
  );
  const services = granting.flatMap(({ actions }) => patternsOf(actions)).map(serviceOfAction);
  return new Set(services.filter((service) => !/[*?\s]/.test(service)));
}

function patternsOf(actions: Statement["actions"]): readonly string[] {
  return actions === "UNREADABLE" ? [] : actions.patterns.map(({ text }) => text);
}
