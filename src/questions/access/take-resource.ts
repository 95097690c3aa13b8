import type { Snapshot } from "../../grants/snapshot.js";
import { resourceTypeKey } from "../../inventory/keys.js";
import { isAccountPart, readRequestArn, readResourcePattern, UNSCOPED } from "../../policy/arn.js";
import { type ResourceChoice, refuse, type Taken } from "./access-question.js";
import { nearestNames } from "./nearest-names.js";
import { MAX_ITEMS, MAX_TEXT, type ResourceInput, type ResourceSetInput } from "./question-input.js";
import { templatePattern } from "./template-pattern.js";

/** Reads which resource or set of resources is meant. */
export function takeResource(snapshot: Snapshot, input: ResourceInput, place: string): Taken<ResourceChoice> {
  if (input.unscoped !== undefined) return takeUnscoped(input.unscoped, place);
  if (input.anyOf !== undefined) return takeSet(snapshot, "SOME", input.anyOf, `${place}.anyOf`);
  if (input.allOf !== undefined) return takeSet(snapshot, "EVERY", input.allOf, `${place}.allOf`);
  const texts = input.arns ?? (input.arn === undefined ? [] : [input.arn]);
  const argument = `${place}.${input.arns ? "arns" : "arn"}`;
  if (texts.length === 0) return refuse(argument, "give at least one ARN, or `unscoped: true` for no resource");
  if (texts.length > MAX_ITEMS) return refuse(argument, `at most ${MAX_ITEMS} ARNs fit in one question`);
  const resources = [];
  for (const text of texts) {
    const resource = text.length > MAX_TEXT ? undefined : readRequestArn(text);
    if (resource === undefined) return refuse(argument, malformedArn(text));
    resources.push(resource);
  }
  return { value: { form: "EACH", resources, text: texts.join(" and ") } };
}

export function malformedArn(text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return `\`${shown}\` is not an ARN; write acs:service:region:account:resource, e.g. acs:ecs:cn-hangzhou:1234567890123456:securitygroup/sg-1`;
}

function takeUnscoped(unscoped: boolean, place: string): Taken<ResourceChoice> {
  if (!unscoped) return refuse(`${place}.unscoped`, "`unscoped` can only be true; leave it out to name a resource");
  return { value: { form: "EACH", resources: [UNSCOPED], text: "*" } };
}

function takeSet(
  snapshot: Snapshot,
  form: "SOME" | "EVERY",
  { pattern, type }: ResourceSetInput,
  place: string,
): Taken<ResourceChoice> {
  const word = form === "SOME" ? "some" : "every";
  if (type !== undefined) return takeType(snapshot, form, type, `${word} ${type}`, `${place}.type`);
  if (pattern === undefined || pattern.trim() === "" || pattern.length > MAX_TEXT) {
    return refuse(`${place}.pattern`, "give a pattern such as `acs:ecs:*:*:securitygroup/*`, or `*` for all resources");
  }
  const { pattern: read, remark } = readResourcePattern(pattern.trim());
  if (remark === "NOT_AN_ARN" || read.segments?.[1] === "") return refuse(`${place}.pattern`, malformedArn(pattern));
  if (read.segments !== undefined && !isAccountPart(read.segments[3])) {
    return refuse(
      `${place}.pattern`,
      `\`${pattern}\` names no single account; write an account id, or \`*\` for one's own`,
    );
  }
  return {
    value: {
      form,
      patterns: [read],
      text: pattern.trim() === "*" ? `${word} resource` : `${word} resource of ${pattern.trim()}`,
    },
  };
}

function takeType(
  { catalog }: Snapshot,
  form: "SOME" | "EVERY",
  type: string,
  text: string,
  place: string,
): Taken<ResourceChoice> {
  const colon = type.indexOf(":");
  const known = catalog.resourceTypes.get(resourceTypeKey(type.slice(0, Math.max(colon, 0)), type.slice(colon + 1)));
  if (known === undefined) {
    const names = [...catalog.resourceTypes.values()].map(({ service, name }) => `${service}:${name}`);
    const near = nearestNames(type, names, 3).map((name) => `\`${name}\``);
    const hint = near.length === 0 ? "ask with a `pattern` instead" : `did you mean ${near.join(" or ")}?`;
    return refuse(place, `the catalog knows no resource type \`${type.slice(0, 80)}\`; ${hint}`);
  }
  return { value: { form, patterns: [templatePattern(known.arnTemplate)], text } };
}
