import { expect, test } from "@jest/globals";
import { filterRoles } from "../../src/questions/role/filter-roles.js";
import { buildWorld } from "../worlds/build-world.js";
import { CountedMap } from "../worlds/counted-map.js";

const MANY = 3_000;
const allow = [{ Effect: "Allow", Action: "ecs:Stop", Resource: "*" }];
const named = (name: string, policies: readonly string[]) =>
  Object.fromEntries(Array.from({ length: MANY }, (_, at) => [`${name}-${at}`, policies]));

test("roles that carry a policy are found in small steps, however many carry it", () => {
  const world = buildWorld(
    { policies: { All: allow, None: allow }, users: named("user", ["All"]), roles: named("role", ["All"]) },
    [],
  );
  let [rows, most] = [0, 0];
  const count = (more: number) => {
    rows += more;
    most = Math.max(most, rows);
  };
  const snapshot = { ...world, attachmentsOfPolicy: new CountedMap(world.attachmentsOfPolicy, count) };
  const found = [...snapshot.policies.keys()].map((attachedPolicy) => {
    const steps = filterRoles(snapshot, { attachedPolicy });
    let step = steps.next();
    for (; !step.done; step = steps.next()) rows = 0;
    return step.value.length;
  });
  expect(found.toSorted((a, b) => a - b)).toEqual([0, MANY]);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(2_000);
});
