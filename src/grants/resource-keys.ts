import { ignoresCase, type RequestResource } from "../policy/arn.js";
import type { PreparedStatement } from "../policy/prepared/prepared-statement.js";
import type { ResourceMatcher } from "../policy/prepared/resource-matcher.js";

/** No service has a colon, so keys of different things are different. */
const thingKey = (service: string, relativeId: string) => `${service}:=${relativeId}`;
const serviceKey = (service: string) => `${service}:*`;

/** The type is all up to the first slash; undefined where there is none. */
function typeKey(service: string, relativeId: string): string | undefined {
  const slash = relativeId.indexOf("/");
  return slash === -1 ? undefined : `${service}:/${relativeId.slice(0, slash)}`;
}

/** The keys of a resource: of itself, its type and its service. A statement that has keys and covers it has one of these. */
export function keysOfResource({ segments }: RequestResource): readonly string[] {
  if (segments === undefined) return [];
  const [, service, , , relativeId] = segments;
  const type = typeKey(service, relativeId);
  const keys = [thingKey(service, relativeId), serviceKey(service)];
  return type === undefined ? keys : [...keys, type];
}

/** Keys of statements: no resource has two of one statement. Undefined for one that may cover resources of any service. */
export function keysOfStatement(statement: PreparedStatement): readonly string[] | undefined {
  const { coversAnyResource, isResourceNegated, resources } = statement;
  if (coversAnyResource || isResourceNegated) return undefined;
  const [keys, services, kinds] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const resource of resources) {
    const found = keyOf(resource);
    if (found === undefined) return undefined;
    keys.add(found.key);
    kinds.add(found.kind);
    services.add(serviceKey(resource.service.text));
  }
  return [...(kinds.size < 2 ? keys : services)];
}

function keyOf(matcher: ResourceMatcher): { readonly kind: string; readonly key: string } | undefined {
  const { form, service } = matcher;
  if (form !== "ARN" || service.form !== "EXACT") return undefined;
  const id = ignoresCase(service.text) ? matcher.relativeIdFolded : matcher.relativeId;
  if (id.form === "EXACT") return { kind: "THING", key: thingKey(service.text, id.text) };
  const key = id.form === "PREFIX" ? typeKey(service.text, id.text) : undefined;
  return key === undefined ? { kind: "SERVICE", key: serviceKey(service.text) } : { kind: "TYPE", key };
}
