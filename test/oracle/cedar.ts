import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import type { Attached, World } from "../worlds/build-world.js";

/** What Cedar is asked: a principal as the world names it, an action and an ARN of five segments. */
export interface CedarRequest {
  readonly principal: string;
  readonly action: string;
  readonly arn: string;
}

/** A statement without conditions. */
export interface PlainStatement {
  readonly Effect: string;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
}

export interface CedarWorld extends World {
  readonly policies: Readonly<Record<string, readonly PlainStatement[]>>;
}

const OWN_ACCOUNT = "111";

/**
 * A world without conditions and `?` as a Cedar policy set. Actions and ARNs are strings that policies hold against `like`;
 * users, roles and groups are entities.
 *
 * @returns a function that gives RAM's verdict, as Cedar sees it
 */
export function cedarOf(world: CedarWorld): (request: CedarRequest) => string {
  const answer = preparsePolicySet("world", { staticPolicies: policiesOf(world) });
  if (answer.type !== "success") throw new Error(JSON.stringify(answer.errors));
  return ({ principal, action, arn }) => {
    const [account, name] = owned(principal);
    const [, service = "", region = "", owner = "", ...id] = arn.split(":");
    const segments = {
      service: service.toLowerCase(),
      region: region.toLowerCase() || "*",
      account: owner === "*" || owner === "" ? account : owner.toLowerCase(),
      id: service === "ram" ? id.join(":").toLowerCase() : id.join(":"),
    };
    const reply = statefulIsAuthorized({
      principal: { type: "Principal", id: principal },
      action: { type: "Action", id: "call" },
      resource: { type: "Resource", id: "asked" },
      context: {
        action: action.toLowerCase(),
        ...segments,
        text: `acs:${Object.values(segments).join(":")}`,
        isForeign: /^\d+$/.test(segments.account) && segments.account !== account,
      },
      preparsedPolicySetId: "world",
      entities: [
        { uid: { type: "Principal", id: principal }, attrs: {}, parents: groupsOf(world, account, name) },
        ...Object.keys(world.groups ?? {}).map((id) => ({ uid: { type: "Group", id }, attrs: {}, parents: [] })),
      ],
    });
    if (reply.type !== "success") throw new Error(JSON.stringify(reply.errors));
    const { decision, diagnostics } = reply.response;
    if (decision === "allow") return "ALLOWED";
    return diagnostics.reason.length > 0 ? "EXPLICIT_DENY" : "IMPLICIT_DENY";
  };
}

function owned(name: string): readonly [account: string, name: string] {
  const [account, bare] = name.split("/");
  return bare === undefined ? [OWN_ACCOUNT, name] : [account ?? "", bare];
}

function groupsOf({ users = {}, groups = {} }: World, account: string, name: string) {
  const user = account === OWN_ACCOUNT ? name : `${account}/${name}`;
  const own = Object.entries(groups).filter(([, { members }]) => users[user] !== undefined && members.includes(user));
  return own.map(([id]) => ({ type: "Group", id }));
}

function policiesOf(world: CedarWorld): Record<string, string> {
  const { users = {}, roles = {}, groups = {} } = world;
  const holders = [
    ...Object.entries({ ...users, ...roles }).map(([name, held]) => ({
      held,
      scope: `principal == Principal::"${name}"`,
    })),
    ...Object.entries(groups).map(([name, { policies }]) => ({
      held: policies,
      scope: `principal in Group::"${name}"`,
    })),
  ];
  const texts = holders.flatMap(({ held, scope }) =>
    held.filter((each: Attached) => typeof each === "string").flatMap((name) => policyTexts(world, name, scope)),
  );
  return Object.fromEntries(texts.map((text, index) => [`p${index}`, text]));
}

function policyTexts({ policies }: CedarWorld, name: string, scope: string): readonly string[] {
  return (policies[name] ?? []).map((statement) => {
    const { Effect, Action, NotAction = [], Resource, NotResource = [] } = statement;
    const actions = Action === undefined ? `!${anyOf(NotAction.map(actionText))}` : anyOf(Action.map(actionText));
    const resources =
      Resource === undefined ? `!${anyOf(NotResource.map(resourceText))}` : anyOf(Resource.map(resourceText));
    // An Allow of an identity policy does not reach another account.
    const [word, reach] = Effect === "Allow" ? ["permit", " && !context.isForeign"] : ["forbid", ""];
    return `${word} (${scope}, action, resource) when { ${actions} && ${resources}${reach} };`;
  });
}

function anyOf(texts: readonly string[]): string {
  return `(${texts.join(" || ") || "false"})`;
}

function actionText(pattern: string): string {
  return `context.action like "${pattern.toLowerCase()}"`;
}

function resourceText(pattern: string): string {
  if (pattern === "*") return "true";
  const [first, service = "", region = "", account = "", ...id] = pattern.split(":");
  if (first !== "acs" || account === undefined || pattern.split(":").length < 4) return whole(pattern);
  const [short] = id;
  const ending = short === undefined ? "*" : id.join(":");
  const folded = `(if context.service == "ram" then context.id like "${ending.toLowerCase()}" else context.id like "${ending}")`;
  const segments = { service, region: region || "*", account: account || "*" };
  const likes = Object.entries(segments).map(([key, text]) => `context.${key} like "${text.toLowerCase()}"`);
  return `(${[...likes, folded].join(" && ")})`;
}

function whole(pattern: string): string {
  const folded = `context.text like "${pattern.toLowerCase()}"`;
  return `(if context.service == "ram" then ${folded} else context.text like "${pattern}")`;
}
