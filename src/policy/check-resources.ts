import { coversResource, differingSegment, type RequestResource, type ResourcePattern } from "./arn.js";
import type { Check, CheckReason } from "./check.js";
import type { Statement } from "./document.js";
import { elementCheck } from "./element-check.js";
import type { PointRequest } from "./request.js";

const SEGMENT_REASONS: readonly CheckReason[] = [
  "SERVICE_DIFFERS",
  "SERVICE_DIFFERS",
  "REGION_DIFFERS",
  "ACCOUNT_DIFFERS",
  "RESOURCE_DIFFERS",
];

/** How the resource element of a statement compares; undefined where there is none that can be read. */
export function checkResources(element: Statement["resources"], { resource }: PointRequest): Check | undefined {
  if (element === "UNREADABLE") return undefined;
  const { patterns, isNegated } = element;
  let closest: string | undefined;
  let furthest = -1;
  for (const pattern of patterns) {
    const segment = differenceOf(pattern, resource);
    if (segment === undefined) return elementCheck("RESOURCE", isNegated, pattern.text, undefined, resource.text);
    if (segment <= furthest) continue;
    closest = pattern.text;
    furthest = segment;
  }
  if (closest === undefined) return undefined;
  const difference = SEGMENT_REASONS[furthest] ?? "RESOURCE_DIFFERS";
  return elementCheck("RESOURCE", isNegated, closest, difference, resource.text);
}

/** The first segment in which they differ; undefined where the pattern covers the resource. */
function differenceOf(pattern: ResourcePattern, resource: RequestResource): number | undefined {
  if (pattern.form === "ANY") return undefined;
  if (pattern.segments !== undefined) return differingSegment(pattern.segments, resource);
  return coversResource(pattern, resource) ? undefined : WHOLE_TEXT;
}

/** A pattern that is one text differs in no segment before the last. */
const WHOLE_TEXT = 4;
