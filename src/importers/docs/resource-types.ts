import type { OperationFact } from "../../inventory/batch.js";
import type { ResourceType } from "../../inventory/catalog.js";
import { asciiLower } from "../../policy/ascii.js";
import { blankPlaceholders, serviceOfTemplate } from "./arn-template.js";

/** Types that a page lists, and behind them those that only rows of operations name; each name with each template once. */
export function resourceTypesOf(listed: readonly ResourceType[], operations: readonly OperationFact[]): ResourceType[] {
  const named = operations.flatMap(({ service, resources }) =>
    resources.flatMap(({ resourceType: name, arnTemplate }) =>
      name === undefined ? [] : [{ service: serviceOfTemplate(arnTemplate) ?? service, name, arnTemplate }],
    ),
  );
  const types = new Map<string, ResourceType>();
  for (const type of [...listed, ...named]) {
    const key = asciiLower(`${type.service} ${type.name} ${blankPlaceholders(type.arnTemplate)}`);
    if (!types.has(key)) types.set(key, type);
  }
  return [...types.values()];
}
