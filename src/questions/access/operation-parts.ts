import { groupBy } from "../../grants/group-by.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Operation } from "../../inventory/catalog.js";
import { actionKey } from "../../inventory/keys.js";
import type { RequestResource, ResourcePattern } from "../../policy/arn.js";
import type { Finding } from "../../policy/finding.js";
import type { ActionPart, ResourceChoice } from "./access-question.js";
import { actionPart } from "./action-part.js";
import { eachOf, fittingResources, isOneOf, NO_RESOURCE, type ResourceKinds, resourceKinds } from "./fit-resources.js";
import { prerequisiteParts } from "./prerequisite-parts.js";
import { templatePattern } from "./template-pattern.js";

/** An action that an operation needs, with what it takes in this operation. */
interface Need {
  readonly part: ActionPart;
  readonly rows: readonly Operation[];
  readonly kinds: ResourceKinds;
}

/**
 * The actions that one API operation needs, each about those of the question's resources that it takes: one call can be
 * checked against resources of several types, and all checks must pass. An action that takes none of them is asked about
 * `*`. A resource that fits nothing counts for every action that takes any.
 *
 * @param rows of the catalog, all of one operation: one for each action that it needs, or several
 */
export function operationParts(
  snapshot: Snapshot,
  rows: readonly Operation[],
  resource: ResourceChoice,
): { readonly parts: readonly ActionPart[]; readonly remarks: readonly Finding[] } {
  const needs = [...groupBy(rows, ({ action }) => actionKey(action)).values()].map(
    (own): Need => ({ part: actionPart(snapshot, own[0]?.action ?? ""), rows: own, kinds: resourceKinds(own) }),
  );
  const further = prerequisiteParts(snapshot, rows, resource, new Set(needs.map(({ part }) => actionKey(part.name))));
  const strays = strayResources(needs, further, resource);
  const direct = needs.map(({ part, kinds }) => ({ ...part, resource: directResource(kinds, resource, strays) }));
  return { parts: [...direct, ...further], remarks: remarksOn(needs, resource, strays) };
}

function directResource(
  { typed, isKnown }: ResourceKinds,
  asked: ResourceChoice,
  strays: readonly RequestResource[],
): ResourceChoice {
  if (!isKnown) return asked;
  if (typed.length === 0) return NO_RESOURCE;
  if (asked.form !== "EACH") return fittingResources(typed, asked);
  return eachOf(
    asked.resources.filter((each) => isOneOf(typed, each) || strays.includes(each)),
    asked,
  );
}

/** Resources that none of the actions takes, as far as the catalog knows. */
function strayResources(
  needs: readonly Need[],
  further: readonly ActionPart[],
  asked: ResourceChoice,
): readonly RequestResource[] {
  if (asked.form !== "EACH" || needs.some(({ kinds }) => !kinds.isKnown)) return [];
  const taken = new Set(further.flatMap(({ resource }) => (resource?.form === "EACH" ? resource.resources : [])));
  return asked.resources.filter(
    (each) => each.segments !== undefined && !taken.has(each) && !needs.some(({ kinds }) => isOneOf(kinds.typed, each)),
  );
}

function remarksOn(needs: readonly Need[], asked: ResourceChoice, strays: readonly RequestResource[]): Finding[] {
  const takesAny = needs.some(({ kinds }) => kinds.typed.length > 0);
  const useless = strays.map(({ text }) =>
    warning(
      "RESOURCE_DOES_NOT_FIT",
      takesAny
        ? `\`${text}\` is of no type that the operation takes; it counts all the same`
        : `the operation takes no resource, so \`${text}\` does not count`,
    ),
  );
  return [...useless, ...needs.flatMap((need) => missingTypes(need, asked))];
}

/** The call needs a resource of every required type, and one that was not given cannot be decided. */
function missingTypes({ part, rows }: Need, asked: ResourceChoice): readonly Finding[] {
  if (asked.form !== "EACH" || asked.resources.every(({ segments }) => segments === undefined)) return [];
  const required = rows.flatMap(({ resources }) => resources.filter(({ isRequired }) => isRequired));
  const templates = new Set(required.map(({ arnTemplate }) => arnTemplate));
  const isGiven = (pattern: ResourcePattern) => asked.resources.some((each) => isOneOf([pattern], each));
  return [...templates].flatMap((template) => {
    const pattern = templatePattern(template);
    if (pattern.form === "ANY" || isGiven(pattern)) return [];
    const message = `\`${part.name}\` needs a resource \`${template}\` as well, and none was given`;
    return [warning("RESOURCE_NOT_GIVEN", message)];
  });
}

function warning(code: string, message: string): Finding {
  return { code, severity: "WARNING", message };
}
