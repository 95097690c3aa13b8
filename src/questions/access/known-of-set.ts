import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import { coversResource, readRequestArn } from "../../policy/arn.js";
import type { Caller } from "../../policy/caller.js";
import type { Context } from "../../policy/conditions/context.js";
import type { Grant } from "../../policy/grant.js";
import { arnOfMember } from "../resources/known-resources.js";
import type { ResourceChoice } from "./access-question.js";
import { inOwnAccount, ownerOf } from "./known-context.js";
import type { ResourcesToJudge } from "./resources-to-judge.js";

/** More known resources than this are not judged one by one. */
const MAX_KNOWN = 256;

/**
 * Resources of a set of which something is known that a condition tests: tags, a resource group, the service of a role. In
 * an open context the key stays open and stands for them as well; in a closed one the representatives of the set carry no
 * such key, so what is known to exist is judged beside them.
 *
 * @param grants of every layer, those that concern the actions
 */
export function knownOfSet(
  snapshot: Snapshot,
  caller: Caller,
  { mode }: Context,
  choice: ResourceChoice,
  grants: readonly Grant[],
): ResourcesToJudge {
  if (mode !== "CLOSED" || choice.form === "EACH") return { resources: [], isExact: true };
  const tested = new Set(grants.flatMap(({ statement }) => statement.conditions.map(({ foldedKey }) => foldedKey)));
  const resources = arnsToldApart(snapshot, tested).flatMap((arn) => {
    const asked = readRequestArn(arn);
    if (asked === undefined) return [];
    const resource = inOwnAccount(snapshot, asked, caller);
    const isOfSet = choice.patterns.some(
      (pattern) => coversResource(pattern, resource) && (ownerOf(pattern) ?? caller.accountId) === ownerOf(resource),
    );
    return isOfSet ? [resource] : [];
  });
  return { resources: resources.slice(0, MAX_KNOWN), isExact: resources.length <= MAX_KNOWN };
}

/** Names of the resources of which a tested key is known. */
function arnsToldApart({ inventory, roles }: Snapshot, tested: ReadonlySet<string>): readonly string[] {
  const { resourceTags, groupedResources } = inventory;
  const tags = new Set([...tested].flatMap((key) => TAG_KEY.exec(key)?.[1] ?? []));
  const tagged = resourceTags.filter(({ key }) => tags.has(key)).map(({ arn }) => arn);
  const grouped = groupedResources.map(arnOfMember);
  const linked = [...roles.values()].flatMap(({ accountId, name, serviceName }) => {
    const account = accountId === CATALOG_ACCOUNT ? "*" : accountId;
    return serviceName === undefined ? [] : [`acs:ram:*:${account}:role/${name}`];
  });
  return [
    ...new Set(tagged),
    ...(tested.has("acs:resourcegroupid") ? grouped : []),
    ...(tested.has("ram:servicename") ? linked : []),
  ];
}

/** `acs:resourcetag/x`, `ecs:tag/x`, `rds:resourcetag/x`. */
const TAG_KEY = /^[^:/]+:(?:resource)?tag\/(.+)$/s;
