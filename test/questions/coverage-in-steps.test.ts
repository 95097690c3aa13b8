import { expect, test } from "@jest/globals";
import { finish } from "../../src/grants/steps.js";
import type { Gap } from "../../src/inventory/source.js";
import { coverageInSteps } from "../../src/questions/access/coverage.js";
import { buildWorld } from "../worlds/build-world.js";

/** More than are looked at before others get their turn. */
const POLICIES = Array.from({ length: 250 }, (_, at) => `P${at}`);

const gap = (reason: Gap["reason"], subject: string): Gap => ({ reason, subject, detail: subject });
const LAST = gap("POLICY_DOCUMENT_MISSING", "P99");
const FIRST = gap("POLICY_UNREADABLE", "P0");
const ELSEWHERE = gap("POLICY_UNREADABLE", "Q0");
const OF_ALL = gap("RESOURCES_NOT_IMPORTED", "111");
const WITHIN = gap("RESOURCE_GROUP_UNKNOWN", "rg-7");

const snapshot = buildWorld(
  {
    policies: Object.fromEntries(POLICIES.map((name) => [name, []])),
    users: { ada: POLICIES.map((policy) => (policy === "P242" ? { policy, resourceGroup: "rg-7" } : policy)) },
    gaps: [LAST, ELSEWHERE, WITHIN, OF_ALL, FIRST],
  },
  [],
);
const scope = { accountIds: new Set(["111"]), services: new Set<string>() };

test("gaps about any of many policies are found, in their order", () => {
  const { gaps } = finish(coverageInSteps(snapshot, { ...scope, policies: snapshot.policies }));
  expect(gaps).toEqual([LAST, WITHIN, OF_ALL, FIRST]);
});

test("gaps that are about no policy are found where no policy says anything", () => {
  expect(finish(coverageInSteps(snapshot, { ...scope, policies: new Set() })).gaps).toEqual([OF_ALL]);
});

test("others get their turn between policies and gaps", () => {
  const steps = coverageInSteps(snapshot, { ...scope, policies: snapshot.policies });
  let turns = 0;
  for (let step = steps.next(); !step.done; step = steps.next()) turns++;
  expect(turns).toBeGreaterThan(5);
});
