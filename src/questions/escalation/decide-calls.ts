import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { policyKey, roleKey, userKey } from "../../inventory/keys.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import { type RequestResource, readRequestArn, readResourcePattern } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import { type Context, contextEntries, withKnown } from "../../policy/conditions/context.js";
import type { Grant } from "../../policy/grant.js";
import { isResourceGroup } from "../../policy/is-resource-group.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import type { AccessQuestion, ResourceChoice } from "../access/access-question.js";
import { actionPart } from "../access/action-part.js";
import { cellsInSteps } from "../access/cells-of.js";
import type { Decision } from "../access/decision.js";
import { NO_RESOURCE } from "../access/fit-resources.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";
import { isPlainNo } from "../assume/assume-edges.js";
import { SOME_RESOURCE } from "../permissions/permissions.js";
import { decideAt, type Foothold } from "./foothold.js";
import type { CallResource, Primitive, PrimitiveCall } from "./primitive.js";
import type { StepTarget } from "./targets.js";

/** Names of new things that are tried; patterns tell no more apart in any usual policy. */
const MAX_NAMES = 32;

/** What it takes to decide a step. */
export interface Deciding {
  readonly snapshot: Snapshot;
  readonly context: Context;
  /** Does the role trust the service? Undefined for a plain no. */
  readonly trustOf: (role: CompiledPrincipal, service: string) => Decision | undefined;
}

/** The decisions on all calls of a step, with the trust that it needs; undefined where one of them is a plain no. Yields now and then. */
export function* decideCalls(
  search: Deciding,
  { calls, service }: Primitive,
  from: Foothold,
  target: StepTarget,
): Steps<readonly Decision[] | undefined> {
  const trust =
    service === undefined || target.principal === undefined ? [] : [search.trustOf(target.principal, service)];
  if (trust.includes(undefined)) return undefined;
  const tries: (readonly Decision[])[] = [];
  for (const name of yield* namesToTry(search.snapshot, calls, from)) {
    if (tries.length > 0) yield undefined;
    const decisions = yield* decideEach(search, calls, from, { target, name });
    if (decisions !== undefined) tries.push(decisions);
  }
  const [best] = tries.toSorted((a, b) => rankOf(b) - rankOf(a));
  return best && [...best, ...trust.filter((each) => each !== undefined)];
}

/** Undefined where one of them is a plain no: then the others do not matter. */
function* decideEach(
  search: Deciding,
  calls: readonly PrimitiveCall[],
  from: Foothold,
  aim: Aim,
): Steps<readonly Decision[] | undefined> {
  const decisions: Decision[] = [];
  for (const call of calls) {
    const decision = yield* decideCall(search, call, from, aim);
    if (isPlainNo(decision)) return undefined;
    decisions.push(decision);
  }
  return decisions;
}

function rankOf(decisions: readonly Decision[]): number {
  return Math.min(...decisions.map(({ verdict }) => VERDICT_RANK[verdict]));
}

interface Aim {
  readonly target: StepTarget;
  /** Name of what the step makes. */
  readonly name: string;
}

/** Of several actions that do the same the one that is allowed best. */
function* decideCall({ snapshot, context }: Deciding, call: PrimitiveCall, from: Foothold, aim: Aim): Steps<Decision> {
  let best: Decision | undefined;
  for (const name of call.anyOf) {
    const question: AccessQuestion = {
      actions: { mode: "ALL", parts: [actionPart(snapshot, name)], text: name },
      resource: resourceOf(call, from, aim),
      context: withKnown(
        context,
        contextEntries(Object.entries(call.context ?? {}).map(([key, value]) => [key, [value]])),
      ),
      ...(call.skipsTrust ? { ignoredLayers: new Set(["ASSUME_ROLE_POLICY" as const]) } : {}),
      remarks: [],
    };
    const decision = yield* decideAt(snapshot, withinReach(from, name), question);
    if (best === undefined || VERDICT_RANK[decision.verdict] > VERDICT_RANK[best.verdict]) best = decision;
  }
  if (best === undefined) throw new Error("a call without an action");
  return best;
}

const IDENTITY_SERVICES: ReadonlySet<string> = new Set(["ram", "ims", "sts"]);

/** Users, groups, roles and policies are in no resource group, so what is attached within one says nothing about them. */
function withinReach({ principal, grants }: Foothold, action: string): Pick<Foothold, "principal" | "grants"> {
  return { principal, grants: isAboutIdentities(action) ? grants.filter((grant) => !isLimited(grant)) : grants };
}

export function isAboutIdentities(action: string): boolean {
  return IDENTITY_SERVICES.has(serviceOfAction(action));
}

/** Does it count within one resource group alone? */
export function isLimited({ resourceGroupId }: Pick<Grant, "resourceGroupId">): boolean {
  return resourceGroupId !== undefined && isResourceGroup(resourceGroupId);
}

function resourceOf({ on }: PrimitiveCall, from: Foothold, aim: Aim): ResourceChoice {
  if (on.includes("NONE")) return NO_RESOURCE;
  if (on.includes("SOME")) return SOME_RESOURCE;
  const resources = on.map((each) => readArn(arnOf(each, from, aim)));
  return { form: "EACH", resources, text: resources.map(({ text }) => text).join(" and ") };
}

function readArn(arn: string): RequestResource {
  const resource = readRequestArn(arn);
  if (resource === undefined) throw new Error(`\`${arn}\` of a step is no ARN`);
  return resource;
}

function arnOf(resource: CallResource, { principal }: Foothold, { target, name }: Aim): string {
  const account = principal.accountId;
  switch (resource) {
    case "SELF":
      return principal.arn;
    case "HOLDER":
      return target.holder?.arn ?? principal.arn;
    case "ADMIN_POLICY":
      return "acs:ram:*:system:policy/AdministratorAccess";
    case "NEW_POLICY":
      return `acs:ram:*:${account}:policy/${name}`;
    case "NEW_ROLE":
      return `acs:ram:*:${account}:role/${name}`;
    case "NEW_USER":
      return `acs:ram:*:${account}:user/${name}`;
    default:
      return target.arn;
  }
}

const NEW_KINDS = { NEW_POLICY: "policy", NEW_ROLE: "role", NEW_USER: "user" } as const;

/** Whoever makes something chooses its name, and policies may ask for certain names: one of each kind that they tell apart. */
function* namesToTry(
  snapshot: Snapshot,
  calls: readonly PrimitiveCall[],
  { principal, grants }: Foothold,
): Steps<readonly string[]> {
  const made = calls.flatMap(({ on }) => on).find((each) => each in NEW_KINDS);
  if (made !== "NEW_POLICY" && made !== "NEW_ROLE" && made !== "NEW_USER") return [""];
  const kind = NEW_KINDS[made];
  const { accountId } = principal;
  const actions = calls.flatMap(({ anyOf }) => anyOf.map(asciiLower));
  const dividers = grants
    .filter(({ statement }) => actions.some((action) => mayCoverAction(statement, action) !== false))
    .flatMap(({ statement: { resources } }) => (resources === "UNREADABLE" ? [] : [resources.patterns]))
    .filter((patterns) => !patterns.some(({ form }) => form === "ANY"));
  const pattern = readResourcePattern(`acs:ram:*:${accountId}:${kind}/*`).pattern;
  const { resources } = yield* cellsInSteps(snapshot, pattern, dividers, accountId);
  const names = resources.map(({ text }) => /:(?:policy|role|user)\/([^:/]+)$/i.exec(text)?.[1] ?? "");
  const isTaken = { policy: isPolicy, role: isRole, user: isUser }[kind];
  return [...new Set(["new", ...names])]
    .filter((name) => name !== "" && !isTaken(snapshot, accountId, name))
    .slice(0, MAX_NAMES);
}

function isPolicy({ policies }: Snapshot, accountId: string, name: string): boolean {
  return policies.has(policyKey("CUSTOM", accountId, name));
}

function isRole({ roles }: Snapshot, accountId: string, name: string): boolean {
  return roles.has(roleKey(accountId, name));
}

function isUser({ users }: Snapshot, accountId: string, name: string): boolean {
  return users.has(userKey(accountId, name));
}
