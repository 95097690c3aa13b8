import type { Snapshot } from "../../src/grants/snapshot.js";
import type { ResourceInput } from "../../src/questions/access/question-input.js";
import { can } from "../../src/questions/can/can.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { nameOf, type World } from "../worlds/build-world.js";
import type { CaseQuestion } from "../worlds/read-case.js";
import { type OracleQuestion, oracleVerdict } from "./oracle.js";
import { ACTIONS, DOMAINS } from "./random-world.js";

export type RandomQuestion = Pick<CaseQuestion, "resource" | "context" | "closed">;

/** Asks both evaluators about every principal and every action; one line for each difference. */
export function differences(world: World, snapshot: Snapshot, asked: RandomQuestion): readonly string[] {
  return snapshot.principals.flatMap((principal) => {
    const name = nameOf(principal);
    const documents = documentsOf(world, name);
    return ACTIONS.flatMap((action) => {
      const question = valueIn(questionOf(snapshot, { ...asked, action, whoCan: {} }));
      const actual = valueIn(can(snapshot, principal, question, "")).verdict;
      const expected = oracleVerdict(
        documents,
        oracleQuestion(principal.arn, principal.accountId, action, asked),
        DOMAINS,
      );
      if (actual === expected) return [];
      return [`${name} ${action} ${JSON.stringify(asked)}: ${actual}, the oracle says ${expected}`];
    });
  });
}

/** The documents that reach a principal; null where one is not known. */
function documentsOf(
  { policies, users = {}, roles = {}, groups = {} }: World,
  name: string,
): readonly (string | null)[] {
  const inGroups = Object.values(groups).filter(({ members }) => users[name] !== undefined && members.includes(name));
  // `222/ops` and `ops` are roles; no user has the name of a role.
  const held = [...(users[name] ?? roles[name] ?? []), ...inGroups.flatMap((group) => group.policies)];
  return held.flatMap((each) => {
    if (typeof each !== "string") return [];
    const content = policies[each];
    return [content === null || content === undefined ? null : JSON.stringify({ Version: "1", Statement: content })];
  });
}

function oracleQuestion(principalArn: string, account: string, action: string, asked: RandomQuestion): OracleQuestion {
  const given = Object.entries(asked.context ?? {}).map(([key, values]): [string, readonly string[] | "ABSENT"] => [
    key,
    values === null ? "ABSENT" : typeof values === "string" ? [values] : values,
  ]);
  const joins = typeof asked.resource !== "string" && asked.resource.anyOf !== undefined ? "SOME" : "EVERY";
  const resources = resourcesOf(asked.resource, account);
  return {
    principalArn,
    account,
    action,
    resources,
    joins,
    given: Object.fromEntries(given),
    isClosed: asked.closed ?? false,
  };
}

function resourcesOf(resource: string | ResourceInput, account: string): readonly string[] {
  if (resource === "unscoped") return ["*"];
  if (typeof resource === "string") return [resource];
  if (resource.arns !== undefined) return resource.arns;
  const pattern = resource.anyOf?.pattern ?? resource.allOf?.pattern ?? "";
  return setOf(pattern, account);
}

/** Every id of up to two letters, and longer ones that the patterns of random worlds tell apart. */
const LETTERS = ["a", "b", "A", "/", "z"];
const IDS = [
  "",
  "a/b",
  "A/B",
  "a/z",
  "A/z",
  "za/b",
  "zA/B",
  "zza/b",
  "zz/b",
  "aa/b",
  "a/bz",
  "a/a/b",
  "aza/b",
  "ba/b",
  "zaz",
  "a:a/",
  "a:a/b",
  "A:a/z",
  "z:a/b",
  "za:a/",
].concat(LETTERS.flatMap((first) => [first, ...LETTERS.map((second) => first + second)]));

const sets = new Map<string, readonly string[]>();

/** Names enough to stand for all of a set. */
function setOf(pattern: string, account: string): readonly string[] {
  const known = sets.get(`${account} ${pattern}`);
  if (known !== undefined) return known;
  const parts = (pattern === "*" ? "acs:*:*:*:*" : pattern).split(":");
  const owner = parts[3] === "*" ? account : (parts[3] ?? "");
  const choose = (part: string | undefined, choices: readonly string[]) => (part === "*" ? choices : [part ?? ""]);
  const services = choose(parts[1], ["oss", "ecs", "ram", "vpc"]);
  // Texts are compared as a whole under some patterns, so a region may tell resources apart as well.
  const regions = choose(parts[2], ["r1", "q", "a/"]);
  const source = (parts[4] ?? "").replace(/\*/g, ".*").replace(/\?/g, ".");
  const found = services.flatMap((service) => {
    const id = new RegExp(`^${source}$`, service === "ram" ? "i" : "");
    const ids = IDS.filter((each) => id.test(each));
    return regions.flatMap((region) => ids.map((each) => `acs:${service}:${region}:${owner}:${each}`));
  });
  const all = pattern === "*" ? ["*", ...found] : found;
  sets.set(`${account} ${pattern}`, all);
  return all;
}
