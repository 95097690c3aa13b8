import type { Operation } from "../../inventory/catalog.js";
import { coversResource, type RequestResource, type ResourcePattern, UNSCOPED } from "../../policy/arn.js";
import { patternsOverlap } from "../../policy/patterns/patterns-overlap.js";
import type { ResourceChoice } from "./access-question.js";
import { templatePattern } from "./template-pattern.js";

/** What an action takes, as the operations that it guards have it. */
export interface ResourceKinds {
  /** Patterns of the types that it takes, placeholders standing for anything; empty where it takes no resource (`*`). */
  readonly typed: readonly ResourcePattern[];
  /** False when the catalog does not say what it takes. */
  readonly isKnown: boolean;
}

export function resourceKinds(operations: readonly Pick<Operation, "resources">[]): ResourceKinds {
  const templates = operations.flatMap(({ resources }) => resources.map((each) => templatePattern(each.arnTemplate)));
  return { typed: templates.filter(({ form }) => form !== "ANY"), isKnown: templates.length > 0 };
}

/** What an action that takes no resource is asked about. */
export const NO_RESOURCE: ResourceChoice = { form: "EACH", resources: [UNSCOPED], text: "*" };

/**
 * The part of the question's resources that lies in one of the patterns, else `*`. A set counts as a whole, as soon as it
 * may hold something of a fitting type.
 *
 * @returns the same object where all of it fits
 */
export function fittingResources(typed: readonly ResourcePattern[], asked: ResourceChoice): ResourceChoice {
  if (asked.form === "EACH")
    return eachOf(
      asked.resources.filter((each) => isOneOf(typed, each)),
      asked,
    );
  const fits = asked.patterns.some((pattern) => typed.some((template) => patternsOverlap(pattern, template)));
  return fits ? asked : NO_RESOURCE;
}

export function isOneOf(typed: readonly ResourcePattern[], resource: RequestResource): boolean {
  return typed.some((template) => coversResource(template, resource));
}

/** Some of the resources asked about; `*` where there are none. */
export function eachOf(resources: readonly RequestResource[], asked: ResourceChoice): ResourceChoice {
  if (asked.form === "EACH" && resources.length === asked.resources.length) return asked;
  if (resources.length === 0) return NO_RESOURCE;
  return { form: "EACH", resources, text: resources.map(({ text }) => text).join(" and ") };
}
