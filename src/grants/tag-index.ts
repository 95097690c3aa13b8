import type { ResourceTag } from "../inventory/resource.js";
import { type RequestResource, readRequestArn } from "../policy/arn.js";
import { groupBy } from "./group-by.js";

/** The tags that a resource is known to carry. */
export type TagIndex = (resource: RequestResource) => readonly ResourceTag[];

/**
 * Arranges tags by resource. The Tag API names a region where a question may leave it open, or the other way round; such a
 * resource is told by its name where only one of that name is known.
 */
export function indexTags(tags: readonly ResourceTag[]): TagIndex {
  if (tags.length === 0) return () => tags;
  const read = tags.map((tag) => ({ tag, resource: readRequestArn(tag.arn) }));
  const byArn = groupBy(read, ({ tag, resource }) => resource?.folded ?? tag.arn);
  const arnsByName = groupBy(byArn.keys(), nameOf);
  return ({ folded, segments }) => {
    const region = segments?.[2];
    const [other, ...more] = (arnsByName.get(nameOf(folded)) ?? []).filter(
      (arn) => region === "*" || regionOf(arn) === "*",
    );
    const known = byArn.has(folded) || other === undefined || more.length > 0 ? folded : other;
    return (byArn.get(known) ?? []).map(({ tag }) => tag);
  };
}

/** A folded ARN with its region left open. */
function nameOf(arn: string): string {
  return arn.replace(/^([^:]*:[^:]*:)[^:]*/, "$1*");
}

function regionOf(arn: string): string | undefined {
  return arn.split(":", 3)[2];
}
