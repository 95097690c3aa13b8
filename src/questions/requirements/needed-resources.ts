import { serviceOfAction } from "../../policy/action-pattern.js";
import { coversResource, type RequestResource, type ResourcePattern, readResourcePattern } from "../../policy/arn.js";
import { patternCovers } from "../../policy/patterns/pattern-covers.js";
import { isOneOf, resourceKinds } from "../access/fit-resources.js";
import { templatePattern } from "../access/template-pattern.js";
import type { OperationNeed } from "./operation-needs.js";

/**
 * The resource patterns that an action must be granted on for its calls, none of which another one covers. Of the resources
 * given it needs those that it takes; a type that a call names and of which none is given stays open, every resource of it.
 *
 * @param given resources that the calls are about; empty for all
 */
export function neededResources(
  needs: readonly OperationNeed[],
  given: readonly RequestResource[],
): readonly ResourcePattern[] {
  const texts = needs.flatMap((need) => resourcesFor(need, given));
  return withoutCovered([...new Set(texts)].map((text) => readResourcePattern(text).pattern));
}

/** Does the action take the resource, as far as the catalog says? */
export function takesResource({ name, rows, via }: OperationNeed, resource: RequestResource): boolean {
  const { typed, isKnown } = resourceKinds(rows);
  if (isKnown) return isOneOf(typed, resource);
  return via.length === 0 || resource.segments?.[1] === serviceOfAction(name);
}

function resourcesFor(need: OperationNeed, given: readonly RequestResource[]): readonly string[] {
  const { typed, isKnown } = resourceKinds(need.rows);
  const fitting = given.filter((each) => takesResource(need, each)).map(({ text }) => text);
  if (!isKnown) return fitting.length > 0 ? fitting : ["*"];
  if (typed.length === 0) return ["*"];
  if (given.length === 0) return typed.map(textOf);
  return [...fitting, ...openTypes(need, typed, given, fitting.length > 0).map(textOf)];
}

/** Types that a call names and of which no resource is given; all types where nothing that is given fits. */
function openTypes(
  { rows, via }: OperationNeed,
  typed: readonly ResourcePattern[],
  given: readonly RequestResource[],
  hasFitting: boolean,
): readonly ResourcePattern[] {
  const required = rows.map(({ resources }) => resources.filter(({ isRequired }) => isRequired));
  const names = required.map((each) => new Set(each.map(({ arnTemplate }) => arnTemplate)));
  // Which of the calls that a dependent action guards is made is not said.
  const isNamed = (template: string) =>
    via.length === 0 ? names.some((each) => each.has(template)) : names.every((each) => each.has(template));
  const templates = new Set(names.flatMap((each) => [...each]).filter(isNamed));
  const sure = [...templates].map(templatePattern).filter(({ form }) => form !== "ANY");
  const open = sure.filter((pattern) => !given.some((each) => coversResource(pattern, each)));
  return hasFitting || open.length > 0 ? open : typed;
}

/** In five segments, as a console wants it. */
function textOf({ segments }: ResourcePattern): string {
  return segments === undefined ? "*" : segments.join(":");
}

function withoutCovered(patterns: readonly ResourcePattern[]): readonly ResourcePattern[] {
  return patterns.filter((inner, i) => {
    const rivals = patterns.filter((outer, j) => i !== j && patternCovers(outer, inner) && isKept(outer, j, inner, i));
    return rivals.length === 0;
  });
}

/** Of two that cover each other the first is kept. */
function isKept(outer: ResourcePattern, at: number, inner: ResourcePattern, before: number): boolean {
  return at < before || !patternCovers(inner, outer);
}
