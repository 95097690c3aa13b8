import { ignoresCase, type RequestResource } from "../policy/arn.js";
import type { PreparedStatement } from "../policy/prepared/prepared-statement.js";
import type { ResourceMatcher } from "../policy/prepared/resource-matcher.js";
import type { PolicyPlaces } from "./policy-places.js";

/** A statement that covers an action and hangs on more, and whom it reaches. */
export interface OpenStatement {
  readonly statement: PreparedStatement;
  readonly places: PolicyPlaces;
}

/**
 * Statements by the resources they may cover. One that names a type (`instance/…`) or one thing of a service is found only by
 * resources that are such; everything else is found by every resource.
 */
export class OpenStatements {
  private readonly everywhere: OpenStatement[] = [];
  private readonly byKey = new Map<string, OpenStatement[]>();

  add(open: OpenStatement): void {
    const keys = keysOf(open.statement);
    if (keys === undefined) this.everywhere.push(open);
    else for (const key of keys) this.addAt(key, open);
  }

  /** All that may cover the resource, each in one of the lists, and others. */
  about({ segments }: RequestResource): readonly (readonly OpenStatement[])[] {
    if (segments === undefined) return [this.everywhere];
    const [, service, , , relativeId] = segments;
    const keys = [thingKey(service, relativeId), typeKey(service, relativeId), serviceKey(service)];
    return [this.everywhere, ...keys.flatMap((key) => (key === undefined ? [] : [this.byKey.get(key) ?? []]))];
  }

  private addAt(key: string, open: OpenStatement): void {
    const known = this.byKey.get(key);
    if (known === undefined) this.byKey.set(key, [open]);
    else known.push(open);
  }
}

/** No service has a colon, so keys of different things are different. */
const thingKey = (service: string, relativeId: string) => `${service}:=${relativeId}`;
const serviceKey = (service: string) => `${service}:*`;

/** The type is all up to the first slash; undefined where there is none. */
function typeKey(service: string, relativeId: string): string | undefined {
  const slash = relativeId.indexOf("/");
  return slash === -1 ? undefined : `${service}:/${relativeId.slice(0, slash)}`;
}

/** Keys of which a resource that the statement covers has one, and only one; undefined where there are no such. */
function keysOf({
  coversAnyResource,
  isResourceNegated,
  resources,
}: PreparedStatement): ReadonlySet<string> | undefined {
  if (coversAnyResource || isResourceNegated) return undefined;
  const [keys, services, kinds] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const resource of resources) {
    const found = keyOf(resource);
    if (found === undefined) return undefined;
    keys.add(found.key);
    kinds.add(found.kind);
    services.add(serviceKey(resource.service.text));
  }
  return kinds.size < 2 ? keys : services;
}

function keyOf(matcher: ResourceMatcher): { readonly kind: string; readonly key: string } | undefined {
  const { form, service } = matcher;
  if (form !== "ARN" || service.form !== "EXACT") return undefined;
  const id = ignoresCase(service.text) ? matcher.relativeIdFolded : matcher.relativeId;
  if (id.form === "EXACT") return { kind: "THING", key: thingKey(service.text, id.text) };
  const key = id.form === "PREFIX" ? typeKey(service.text, id.text) : undefined;
  return key === undefined ? { kind: "SERVICE", key: serviceKey(service.text) } : { kind: "TYPE", key };
}
