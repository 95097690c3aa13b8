import { asciiLower } from "../policy/ascii.js";
import type { CatalogBatch, ServiceFact } from "./batch.js";
import { sortByKey } from "./byte-order.js";
import type { Service } from "./catalog.js";
import { type Key, serviceKey } from "./keys.js";
import { settleFields } from "./settle.js";
import type { SourceFinding } from "./source.js";
import { statedBy } from "./stated.js";

/**
 * The services that pages describe together with those that are only known by their code, which then is their name too.
 * Aliases are no field of a service: they add up and never contradict each other.
 * @param sources the page that vouches for each service, by service
 */
export function mergeServices(
  batches: readonly CatalogBatch[],
  codes: Iterable<string>,
  sources: ReadonlyMap<Key, Key>,
): { readonly services: readonly Service[]; readonly findings: readonly SourceFinding[] } {
  const { facts, findings } = settleFields(
    statedBy(batches, ({ services }) => services.map(withoutAliases)),
    {
      keyOf: ({ code }) => serviceKey(code),
      nameOf: ({ code }) => `service \`${code}\``,
    },
  );
  const services = new Map<string, Service>();
  for (const code of codes) services.set(code, { code, name: code });
  for (const { fact } of facts) services.set(fact.code, { ...fact, name: fact.name ?? fact.code });
  const sourced = [...services.values()].map((service) => withSource(service, sources));
  return { services: sortByKey(sourced, ({ code }) => serviceKey(code)), findings };
}

function withSource(service: Service, sources: ReadonlyMap<Key, Key>): Service {
  const sourceKey = sources.get(serviceKey(service.code));
  return sourceKey === undefined ? service : { ...service, sourceKey };
}

function withoutAliases({ code, name, granularity }: ServiceFact): Omit<ServiceFact, "aliases"> {
  return {
    code: asciiLower(code),
    ...(name === undefined ? {} : { name }),
    ...(granularity === undefined ? {} : { granularity }),
  };
}
