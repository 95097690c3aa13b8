import { describe, expect, test } from "@jest/globals";
import { planOf } from "../../src/grants/action-plan.js";
import { rangesInSteps } from "../../src/grants/principal-ranges.js";
import { serviceBaseOf } from "../../src/grants/service-base.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { workTogetherFor } from "../../src/grants/work-together.js";
import { hoppersOf } from "../../src/questions/assume/hoppers.js";
import { trustingRoles } from "../../src/questions/assume/trusting-roles.js";
import { byAttachmentCount } from "../../src/questions/policy/filter-policies.js";
import { knownResources } from "../../src/questions/resources/known-resources.js";
import { linkedRolesOf } from "../../src/questions/service/linked-roles.js";
import { systemPoliciesOf } from "../../src/questions/service/system-policies.js";
import { buildWorld } from "../worlds/build-world.js";

type Steps = Generator<undefined, unknown, undefined>;

const listOf = (count: number, name: string) => Array.from({ length: count }, (_, at) => `${name}-${at}`);

/** Enough of everything that whoever looks at all of it lets others in several times. */
function worldOfMany(): Snapshot {
  const policies = listOf(700, "policy");
  const assume = [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }];
  const trust = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { RAM: "acs:ram::111:root" } }];
  const roles = listOf(1_500, "role");
  return buildWorld(
    {
      policies: Object.fromEntries(policies.map((name) => [name, assume])),
      users: Object.fromEntries(listOf(12_000, "user").map((name, at) => [name, policies.slice(at, at + 1)])),
      roles: Object.fromEntries(roles.map((name) => [name, []])),
      trusts: Object.fromEntries(roles.map((name) => [name, trust])),
    },
    [],
  );
}

/** A world of which something was asked about a service, so that the next question works out what holds for all of it. */
function askedOnce(): Snapshot {
  const names = listOf(700, "policy");
  const documentOf = (at: number) => [
    { Effect: "Allow", Action: [at % 2 ? "ecs:*" : "ecs:St*", "ecs:Start"], Resource: "*" },
  ];
  const policies = Object.fromEntries(names.map((name, at) => [name, documentOf(at)] as const));
  const snapshot = buildWorld({ policies, users: { ada: names } }, []);
  finish(serviceBaseOf(snapshot, "ecs"));
  return snapshot;
}

/** Takes turns until all are done; how many that took. */
function countTurns(asked: readonly Steps[]): number {
  let turns = 0;
  for (let left = asked; left.length > 0; left = left.filter((each) => !each.next().done)) turns += left.length;
  return turns;
}

/** Each is asked about everything, but about nothing twice. */
const [ASKED_ALONE, ASKED_TOGETHER] = [worldOfMany(), worldOfMany()];

describe("what a snapshot is asked for the first time", () => {
  test.each<[string, (snapshot: Snapshot) => Steps]>([
    ["ranges of principals", ({ principals }) => rangesInSteps(principals)],
    ["who may assume roles", hoppersOf],
    ["roles by whom they trust", trustingRoles],
    ["policies by how often they are attached", (snapshot) => byAttachmentCount(snapshot, [], true)],
    ["resources that are known", knownResources],
    ["service-linked roles", (snapshot) => linkedRolesOf(snapshot, "ecs")],
    ["system policies", (snapshot) => systemPoliciesOf(snapshot, "sts")],
  ])("is worked out once for all who ask: %s", (_, ask) => {
    const alone = countTurns([ask(ASKED_ALONE)]);
    expect(alone).toBeGreaterThan(2);
    const together = [ASKED_TOGETHER, ASKED_TOGETHER, ASKED_TOGETHER].map(ask);
    expect(countTurns(together)).toBeLessThanOrEqual(alone + 2);
    expect(JSON.stringify(finish(ask(ASKED_TOGETHER)))).toBe(JSON.stringify(finish(ask(ASKED_ALONE))));
  });

  test.each<[string, (snapshot: Snapshot) => Steps]>([
    ["what is said of an action", (snapshot) => planOf(snapshot, "ecs:stop")],
    ["what is said of all actions of a service", (snapshot) => serviceBaseOf(snapshot, "ecs")],
    ["both taken together", (snapshot) => finish(planOf(snapshot, "ecs:start")).whole(snapshot)],
  ])("is worked out once for all who ask, though less of it is kept: %s", (_, ask) => {
    const [other, snapshot, stopped] = [askedOnce(), askedOnce(), askedOnce()];
    const alone = countTurns([ask(other)]);
    expect(alone).toBeGreaterThan(2);
    expect(countTurns([ask(snapshot), ask(snapshot), ask(snapshot)])).toBeLessThanOrEqual(alone + 2);
    expect(JSON.stringify(finish(ask(snapshot)))).toBe(JSON.stringify(finish(ask(other))));
    const begun = ask(stopped);
    begun.next();
    begun.next();
    begun.return(undefined);
    expect(countTurns([ask(stopped)])).toBeLessThan(alone);
  });

  test("goes on when the one who began is stopped", () => {
    const owner = {};
    const count = workTogetherFor(function* () {
      for (let step = 0; step < 10; step++) yield undefined;
      return 10;
    });
    const begun = count(owner);
    for (let step = 0; step < 6; step++) begun.next();
    begun.return(0);
    expect(countTurns([count(owner)])).toBeLessThan(7);
    expect(countTurns([count({})])).toBe(11);
  });
});
