import type { Snapshot } from "../../grants/snapshot.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import type { RequestResource } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import { otherTextBit, textBit } from "../../policy/prepared/text-bit.js";
import type { AccessQuestion } from "./access-question.js";
import { assumesRole } from "./assume-role.js";
import { concernsBuckets } from "./granted-by-resources.js";

/** One action on one resource, to which the policies of a principal and the control policies are the whole answer. */
export interface PlainQuestion {
  readonly action: ActionFacts;
  readonly resource: RequestResource;
  /** `textBit` of the resource's service; every bit for the unscoped resource, which has none. */
  readonly resourceServiceBit: number;
}

/** What is read off the name of an action. */
export interface ActionFacts {
  readonly name: string;
  readonly folded: string;
  /** Of its service: see `serviceMask`. */
  readonly serviceBit: number;
  /** `otherTextBit` of it. */
  readonly otherServiceBit: number;
  /** Of its folded name: see `mayCover`. */
  readonly nameBit: number;
  readonly assumesRole: boolean;
  readonly concernsBuckets: boolean;
}

/** Undefined for questions about several actions or resources, with layers of their own, or that a resource's policy answers. */
export function plainQuestion({ bucketPolicies }: Snapshot, question: AccessQuestion): PlainQuestion | undefined {
  const { actions, resource, sessionPolicy, ignoredLayers } = question;
  const part = actions.parts[0];
  if (part === undefined || actions.parts.length > 1 || part.resource !== undefined) return undefined;
  if (resource.form !== "EACH" || resource.resources.length > 1) return undefined;
  if (sessionPolicy !== undefined || ignoredLayers !== undefined) return undefined;
  const asked = resource.resources[0];
  const action = factsOf(part.name);
  if (asked === undefined || action.assumesRole || (action.concernsBuckets && bucketPolicies.size > 0))
    return undefined;
  const service = asked.segments?.[1];
  return { action, resource: asked, resourceServiceBit: service === undefined ? EVERY_BIT : textBit(service) };
}

const EVERY_BIT = -1;

const MOST_ACTIONS = 20_000;

/** Facts about a name hold for ever; when there are too many, all are worked out anew. */
const FACTS = new Map<string, ActionFacts>();

function factsOf(name: string): ActionFacts {
  const known = FACTS.get(name);
  if (known !== undefined) return known;
  if (FACTS.size >= MOST_ACTIONS) FACTS.clear();
  const folded = asciiLower(name);
  const service = serviceOfAction(name);
  const facts = {
    name,
    folded,
    serviceBit: textBit(service),
    otherServiceBit: otherTextBit(service),
    nameBit: textBit(folded),
    assumesRole: assumesRole(name),
    concernsBuckets: concernsBuckets(name),
  };
  FACTS.set(name, facts);
  return facts;
}
