import type { Attached, World } from "../worlds/build-world.js";

/**
 * A second opinion on the layers, written from docs/semantics.md alone: no index, no formula, one request in a closed context
 * at a time, three truth values. It shares no code with src.
 */
export interface LayerRequest {
  /** As the world writes it, e.g. `222/eve`. */
  readonly principal: string;
  readonly action: string;
  readonly arn: string;
  /** Keys that are not here are absent. */
  readonly context: Readonly<Record<string, readonly string[] | null>>;
  readonly session?: readonly unknown[];
}

type Truth = boolean | "OPEN";
type Statement = Readonly<Record<string, unknown>>;
/** The documents of one level or set; null is one that nobody knows. */
type Documents = readonly (readonly Statement[] | null)[];
interface Unit {
  readonly granted: Truth;
  readonly denied: Truth;
}

export function layerVerdict(world: World, request: LayerRequest): string {
  const session: readonly Documents[] =
    request.session === undefined ? [] : [[request.session as readonly Statement[]]];
  const gates = [...controlLevels(world, request), ...session].map((documents) => weigh(documents, request));
  const passes = gates.map(({ granted, denied }) => all([granted, negate(denied)]));
  const own = weigh(identityDocuments(world, request), request);
  const theirs = weigh(resourceDocuments(world, request), request);
  const [, , , owner] = request.arn.split(":");
  const isAssuming = request.action === "sts:AssumeRole";
  const isClosed = owner !== accountOf(request.principal);
  const granted = isAssuming
    ? all([own.granted, theirs.granted])
    : any([isClosed ? false : own.granted, theirs.granted]);
  const denied = any([own.denied, theirs.denied]);
  const allowed = all([...passes, granted, negate(denied)]);
  if (allowed !== false) return allowed === true ? "ALLOWED" : "UNDETERMINED";
  const denials = [...gates.map((gate) => gate.denied), denied];
  const isExplicit = denials.some((each, i) => all([...passes.slice(0, i), each]) === true);
  return isExplicit ? "EXPLICIT_DENY" : "IMPLICIT_DENY";
}

function accountOf(name: string): string {
  return name.includes("/") ? (name.split("/")[0] ?? "") : "111";
}

function bareName(name: string): string {
  return name.split("/").at(-1) ?? "";
}

/** From the member that owns the resource up to the root; nobody of the management account, no service-linked role. */
function controlLevels(
  { directory, policies, serviceNames = {} }: World,
  { principal, arn }: LayerRequest,
): readonly Documents[] {
  const owner = arn.split(":")[3] ?? "";
  let folder = directory?.members[owner];
  if (directory === undefined || folder === undefined || directory.isOff === true) return [];
  if (serviceNames[principal] !== undefined || accountOf(principal) === directory.management) return [];
  const nodes = [owner];
  for (; folder !== undefined; folder = directory.folders?.[folder]) nodes.push(folder);
  return nodes.map((node) =>
    (directory.control[node] ?? []).map((name) => (name === "FullAliyunAccess" ? FULL : contentOf(policies, name))),
  );
}

const FULL: readonly Statement[] = [{ Effect: "Allow", Action: "*", Resource: "*" }];

function contentOf(policies: World["policies"], name: string): readonly Statement[] | null {
  return (policies[name] ?? null) as readonly Statement[] | null;
}

function identityDocuments(
  { users = {}, roles = {}, groups = {}, policies, ...world }: World,
  request: LayerRequest,
): Documents {
  const { principal } = request;
  const inGroups = Object.values(groups).filter(
    ({ members }) => users[principal] !== undefined && members.includes(principal),
  );
  const held: readonly Attached[] = [
    ...(users[principal] ?? roles[principal] ?? []),
    ...inGroups.flatMap((group) => group.policies),
  ];
  return held.flatMap((each) => {
    if (typeof each === "string") return [contentOf(policies, each)];
    const isMember = isInGroup(world, request.arn, each.resourceGroup);
    if (isMember === false) return [];
    const content = contentOf(policies, each.policy);
    return [
      content === null || isMember === true ? content : content.map((statement) => ({ ...statement, Open: true })),
    ];
  });
}

function isInGroup(
  { resourceGroups = {}, ungroupedTypes = [] }: Pick<World, "resourceGroups" | "ungroupedTypes">,
  arn: string,
  group: string,
): Truth {
  const [, service = "", region = "", account, id = ""] = arn.split(":");
  const [type = "", ...rest] = id.split("/");
  if (ungroupedTypes.includes(`${service}:${type}`)) return false;
  if (account !== "111") return false;
  const name = service === "oss" ? `oss:bucket/${type}` : `${service}:${type}/${rest.join("/")}`;
  const groups = Object.keys(resourceGroups).filter((each) =>
    resourceGroups[each]?.some((member) => member === name || member === `${name}@${region}`),
  );
  return groups.length === 0 ? "OPEN" : groups.includes(group);
}

/** The trust policy of the role to be assumed, or the policy of the bucket. */
function resourceDocuments(
  { trusts = {}, roles = {}, serviceNames = {}, buckets = {}, ids = {} }: World,
  request: LayerRequest,
): Documents {
  const [, service, , account, id = ""] = request.arn.split(":");
  const written = (name: string) => (account === "111" ? name : `${account}/${name}`);
  const naming = (statements: readonly Statement[]) =>
    statements.flatMap((statement) => {
      const isNamed = any(principalsOf(statement).map((text) => names(text, request.principal, roles, ids)));
      return isNamed === false ? [] : [isNamed === true ? statement : { ...statement, Open: true }];
    });
  if (request.action === "sts:AssumeRole") {
    const name = /^role\/(.+)$/.exec(id)?.[1];
    if (service !== "ram" || name === undefined) return [];
    if (serviceNames[written(name)] !== undefined) return [];
    const trust = trusts[written(name)] as readonly Statement[] | null | undefined;
    return trust === undefined || trust === null ? [null] : [naming(trust)];
  }
  if (service !== "oss" || !request.action.startsWith("oss:")) return [];
  return [naming((buckets[written(id.split("/")[0] ?? "")] ?? []) as readonly Statement[])];
}

function principalsOf({ Principal }: Statement): readonly string[] {
  if (Array.isArray(Principal)) return Principal as readonly string[];
  const { RAM = [] } = Principal as { readonly RAM?: string | readonly string[] };
  return list(RAM);
}

function names(text: string, principal: string, roles: World["roles"], ids: Readonly<Record<string, string>>): Truth {
  const account = accountOf(principal);
  const kind = roles?.[principal] === undefined ? "user" : "role";
  if (text === "*" || text === `acs:ram::${account}:root`) return true;
  if (/^\d+$/.test(text))
    return (
      ids[principal] === text || (ids[principal] === undefined && !Object.values(ids).includes(text) ? "OPEN" : false)
    );
  if (/[*?]/.test(text.replace(/\/\*$/, ""))) return "OPEN";
  if (text.startsWith("arn:sts::"))
    return kind === "role" && text === `arn:sts::${account}:assumed-role/${bareName(principal)}/*`;
  if (/[*?]/.test(text)) return "OPEN";
  return text.toLowerCase() === `acs:ram::${account}:${kind}/${bareName(principal)}`.toLowerCase();
}

/** A Deny beats an Allow; what cannot be read may do either. */
function weigh(documents: Documents, request: LayerRequest): Unit {
  const applying = documents.flatMap((document) =>
    document === null
      ? [{ effect: "?", truth: "OPEN" as const }]
      : document.map((each) => ({ effect: each.Effect, truth: applies(each, request) })),
  );
  const of = (effect: string) =>
    any(applying.map((each) => (each.effect === effect ? each.truth : each.effect === "?" ? "OPEN" : false)));
  return { granted: of("Allow"), denied: of("Deny") };
}

function applies({ Action, Resource, Condition = {}, Open }: Statement, { action, arn, context }: LayerRequest): Truth {
  if (!list(Action).some((pattern) => glob(pattern.toLowerCase(), action.toLowerCase()))) return false;
  if (Resource !== undefined && !list(Resource).some((pattern) => covers(pattern, arn))) return false;
  const tests = Object.entries(
    Condition as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  ).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => passes(operator, values, context[key] ?? [])),
  );
  return all([...tests, Open === true ? "OPEN" : true]);
}

function covers(pattern: string, arn: string): boolean {
  if (pattern === "*") return true;
  const [left, right] = [pattern.split(":"), arn.split(":")];
  return left.every((part, i) => glob(part === "" ? "*" : part.toLowerCase(), (right[i] ?? "").toLowerCase()));
}

function passes(operator: string, values: readonly string[], actual: readonly string[]): boolean {
  const isLike = operator.endsWith("Like");
  const matches = actual.some((each) => values.some((value) => (isLike ? glob(value, each) : value === each)));
  return operator.includes("Not") ? !matches : matches;
}

function glob(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\/]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

function list(value: unknown): readonly string[] {
  return typeof value === "string" ? [value] : (value as readonly string[]);
}
function all(truths: readonly Truth[]): Truth {
  return truths.includes(false) ? false : truths.includes("OPEN") ? "OPEN" : true;
}
function any(truths: readonly Truth[]): Truth {
  return truths.includes(true) ? true : truths.includes("OPEN") ? "OPEN" : false;
}
function negate(truth: Truth): Truth {
  return truth === "OPEN" ? "OPEN" : !truth;
}
