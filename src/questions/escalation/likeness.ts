import type { Snapshot } from "../../grants/snapshot.js";
import { coversResource, type RequestResource, readRequestArn } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import type { Foothold } from "./foothold.js";
import { memo } from "./memo.js";
import type { Primitive } from "./primitive.js";
import type { StepTarget } from "./targets.js";

/** Tells which steps must come out alike: those of one text have one verdict. */
export type Likeness = (primitive: Primitive, from: Foothold, target: StepTarget) => string;

/** The statements that a step is weighed against. */
interface Weights {
  /** Equal for the same statements in the same account; undefined where who asks may matter besides. */
  readonly name: string | undefined;
  /** Those of their patterns that tell resources apart. */
  readonly covers: readonly ((resource: RequestResource) => boolean)[];
}

/**
 * Whoever holds the same statements may take the same steps against whatever the statements' patterns do not tell apart, so in a
 * big account few steps have to be decided. Conditions may ask who it is, trust policies name people, and names of new
 * things are chosen by what there is: such steps are told apart one by one.
 */
export function likenessIn(snapshot: Snapshot): Likeness {
  const nameOf = numbering();
  const weigh = memo(
    ([primitive, from]: readonly [Primitive, Foothold]) => `${primitive.does} ${from.key}`,
    ([primitive, from]) => weightsOf(snapshot, primitive, from, nameOf),
  );
  const side = memo(
    ([name, arn]: readonly [string, string, Weights["covers"]]) => `${name} ${arn}`,
    ([, arn, covers]) => sideOf(arn, covers),
  );
  return (primitive, from, target) => {
    const { name, covers } = weigh([primitive, from]);
    if (name === undefined) return `${primitive.does} ${from.key} ${target.key} ${target.holder?.key ?? ""}`;
    const owner = target.arn.split(":", 4)[3] ?? "";
    if (covers.length === 0) return `${name} ${owner}`;
    const arns = [from.principal.arn, target.arn, target.holder?.arn ?? ""];
    return [name, owner, ...arns.map((arn) => side([name, arn, covers]))].join(" ");
  };
}

/** On which side of each pattern a resource lies. */
function sideOf(arn: string, covers: Weights["covers"]): string {
  const resource = arn === "" ? undefined : readRequestArn(arn);
  return resource === undefined ? "" : covers.map((covering) => (covering(resource) ? "1" : "0")).join("");
}

function weightsOf(
  { controlLevels }: Snapshot,
  primitive: Primitive,
  { principal, grants }: Foothold,
  nameOf: (grant: Grant) => string,
): Weights {
  const actions = primitive.calls.flatMap(({ anyOf }) => anyOf.map(asciiLower));
  const levels = controlLevels.get(principal.accountId)?.levels ?? [];
  const weighed = [...grants, ...levels.flatMap((level) => level.grants)].filter(({ statement }) =>
    actions.some((action) => mayCoverAction(statement, action) !== false),
  );
  if (isPersonal(primitive) || weighed.some(({ statement }) => statement.conditions.length > 0)) {
    return { name: undefined, covers: [] };
  }
  const elements = weighed.flatMap(({ statement: { resources } }) => (resources === "UNREADABLE" ? [] : [resources]));
  const patterns = elements.flatMap((element) => element.patterns).filter(({ form }) => form !== "ANY");
  const distinct = [...new Map(patterns.map((pattern) => [pattern.text, pattern])).values()];
  return {
    name: [primitive.does, principal.accountId, ...weighed.map(nameOf)].join(" "),
    covers: distinct.map((pattern) => (resource) => coversResource(pattern, resource)),
  };
}

const PERSONAL: ReadonlySet<string> = new Set(["NEW_POLICY", "NEW_ROLE", "NEW_USER"]);

function isPersonal({ calls, service }: Primitive): boolean {
  return (
    service !== undefined ||
    calls.some(({ anyOf, on, skipsTrust }) =>
      anyOf.includes("sts:AssumeRole") ? skipsTrust !== true : on.some((each) => PERSONAL.has(each)),
    )
  );
}

/** A number for each statement that is the same one. */
function numbering(): (grant: Grant) => string {
  const numbers = new Map<Statement, number>();
  return ({ statement, layer, resourceGroupId = "" }) => {
    const number = numbers.get(statement) ?? numbers.size;
    numbers.set(statement, number);
    return `${number}${layer}${resourceGroupId}`;
  };
}
