import { ignoresCase, type RequestResource } from "../policy/arn.js";
import type { PreparedStatement } from "../policy/prepared/prepared-statement.js";
import type { ResourceMatcher } from "../policy/prepared/resource-matcher.js";

/** The key of statements that may cover resources of any service. */
export const EVERYWHERE = 0;

/** Equal texts have equal keys; a key may stand for several texts, which only finds too much. */
function keyOfText(text: string): number {
  let hash = 7;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash === EVERYWHERE ? 1 : hash;
}

const thingKey = (service: string, relativeId: string) => keyOfText(`${service}:=${relativeId}`);
const serviceKey = (service: string) => keyOfText(`${service}:*`);

/** The type is all up to the first slash; undefined where there is none. */
function typeKey(service: string, relativeId: string): number | undefined {
  const slash = relativeId.indexOf("/");
  return slash === -1 ? undefined : keyOfText(`${service}:/${relativeId.slice(0, slash)}`);
}

/** The keys of a resource: of itself, its type and its service. A statement that covers it has one of these, or `EVERYWHERE`. */
export function keysOfResource({ segments }: RequestResource): readonly number[] {
  if (segments === undefined) return [];
  const [, service, , , relativeId] = segments;
  return [thingKey(service, relativeId), typeKey(service, relativeId) ?? EVERYWHERE, serviceKey(service)];
}

/** Keys of a statement: every resource that it covers has one of them, unless it is `EVERYWHERE`. */
export function keysOfStatement(statement: PreparedStatement): readonly number[] {
  const { coversAnyResource, isResourceNegated, resources } = statement;
  const keys = new Set<number>();
  if (coversAnyResource || isResourceNegated) return [EVERYWHERE];
  for (const resource of resources) keys.add(keyOf(resource));
  return keys.has(EVERYWHERE) ? [EVERYWHERE] : [...keys];
}

function keyOf(matcher: ResourceMatcher): number {
  const { form, service } = matcher;
  if (form !== "ARN" || service.form !== "EXACT") return EVERYWHERE;
  const id = ignoresCase(service.text) ? matcher.relativeIdFolded : matcher.relativeId;
  if (id.form === "EXACT") return thingKey(service.text, id.text);
  return (id.form === "PREFIX" ? typeKey(service.text, id.text) : undefined) ?? serviceKey(service.text);
}
