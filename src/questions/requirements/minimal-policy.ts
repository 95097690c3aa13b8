import { groupBy } from "../../grants/group-by.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { type RequestResource, readRequestArn } from "../../policy/arn.js";
import { refuse, type Taken } from "../access/access-question.js";
import { MAX_ITEMS, MAX_TEXT } from "../access/question-input.js";
import { malformedArn } from "../access/take-resource.js";
import { foldActions } from "./fold-actions.js";
import { neededResources, takesResource } from "./needed-resources.js";
import type { Requirement } from "./requirements.js";

/** A policy as a RAM console takes it. */
export interface PolicyText {
  readonly Version: "1";
  readonly Statement: readonly {
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
  }[];
}

/** Longest custom policy that RAM takes, in bytes. Source: RAM, CreatePolicy. */
const MAX_DOCUMENT = 6144;

/**
 * The narrowest document that lets its holder make the calls: every action on what it takes, nothing else. Actions with the
 * same resources share a statement.
 *
 * @param resources ARNs that the calls are about; left out, all of the types that they take. One that no action takes is
 *   refused: a grant on it would be of no use
 */
export function minimalPolicy(
  snapshot: Snapshot,
  items: readonly Requirement[],
  resources: readonly string[] = [],
): Taken<PolicyText> {
  const given = takeResources(items, resources);
  if ("refusal" in given) return given;
  const grants = items.map(({ action, needs }) => ({
    name: action.name,
    on: neededResources(needs, given.value).map(({ text }) => text),
  }));
  const document: PolicyText = {
    Version: "1",
    Statement: [...groupBy(grants, ({ on }) => JSON.stringify(on.toSorted())).values()].map((group) => ({
      Effect: "Allow",
      Action: foldActions(
        snapshot.catalog,
        group.map(({ name }) => name),
      ),
      Resource: group[0]?.on ?? [],
    })),
  };
  const size = bytesOf(JSON.stringify(document));
  if (size <= MAX_DOCUMENT) return { value: document };
  return refuse("resources", `the policy has ${size} bytes and RAM takes ${MAX_DOCUMENT}; ask for fewer at once`);
}

/** Length in UTF-8; `JSON.stringify` leaves no lone surrogate. */
function bytesOf(text: string): number {
  return encodeURIComponent(text).replace(/%../g, "x").length;
}

function takeResources(items: readonly Requirement[], texts: readonly string[]): Taken<readonly RequestResource[]> {
  if (texts.length > MAX_ITEMS) return refuse("resources", `at most ${MAX_ITEMS} ARNs fit in one question`);
  const taken: RequestResource[] = [];
  for (const [index, text] of texts.entries()) {
    const argument = `resources[${index}]`;
    const resource = text.length > MAX_TEXT ? undefined : readRequestArn(text);
    if (resource === undefined) return refuse(argument, malformedArn(text));
    if (!items.some(({ needs }) => needs.some((need) => takesResource(need, resource)))) {
      return refuse(argument, `\`${text}\` is of no type that these operations take; leave it out`);
    }
    taken.push(resource);
  }
  return { value: taken };
}
