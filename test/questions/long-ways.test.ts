import { expect, test } from "@jest/globals";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish, type Steps } from "../../src/grants/steps.js";
import { roleKey } from "../../src/inventory/keys.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import { assumableRoles } from "../../src/questions/assume/assumable-roles.js";
import { assumeQuestion } from "../../src/questions/assume/assume-question.js";
import { assumersOf } from "../../src/questions/assume/assumers.js";
import { LedByRoles } from "../../src/questions/assume/led-by-roles.js";
import type { PrincipalAccess } from "../../src/questions/who-can/principal-access.js";
import { whoCan } from "../../src/questions/who-can/who-can.js";
import { valueIn } from "../worlds/ask.js";
import { buildWorld, principalOf, type World } from "../worlds/build-world.js";
import { CountedMap } from "../worlds/counted-map.js";
import { allow, trust } from "../worlds/escalation-worlds.js";

const LENGTH = 150;
const names = Array.from({ length: LENGTH }, (_, at) => `r${String(at).padStart(3, "0")}`);

/** Each role is assumed by the one before it and by nobody else, the first by alice. */
const chain: World = {
  policies: { Going: [allow("sts:AssumeRole")] },
  users: { alice: ["Going"] },
  roles: Object.fromEntries(names.map((name) => [name, ["Going"]])),
  trusts: Object.fromEntries(
    names.map((name, at) => [
      name,
      trust({ RAM: [`acs:ram::111:${at === 0 ? "user/alice" : `role/${names[at - 1]}`}`] }),
    ]),
  ),
};

/** Counts trust policies that are looked up: each time that a hop is weighed. */
class Weighed {
  private hops = 0;
  readonly snapshot: Snapshot;

  constructor(world: World) {
    const snapshot = buildWorld(world, []);
    this.snapshot = { ...snapshot, trusts: new CountedMap(snapshot.trusts, () => this.hops++) };
  }

  /** @returns the most hops that were weighed in one step */
  mostInOneStep<T>(steps: Steps<T>): { readonly value: T; readonly most: number } {
    let most = 0;
    for (;;) {
      const before = this.hops;
      const step = steps.next();
      most = Math.max(most, this.hops - before);
      if (step.done) return { value: step.value, most };
    }
  }

  /** @returns how many hops are weighed while rows are read of which what takes long was worked out */
  reading(rows: readonly PrincipalAccess[]): number {
    for (const row of rows) expect(this.mostInOneStep(row.workOut?.() ?? none()).most).toBeLessThan(FEW);
    const before = this.hops;
    const isAllowed = rows.every(({ decision, path = [] }) =>
      [decision, ...path.map((hop) => hop.decision)].every(({ verdict }) => verdict === "ALLOWED"),
    );
    expect(isAllowed).toBe(true);
    return this.hops - before;
  }
}

const FEW = 10;

function* none(): Steps<void> {}

test("whoever gets to a role by way of hundreds is found in small steps, and each hop is weighed a few times only", () => {
  const weighed = new Weighed(chain);
  const { snapshot } = weighed;
  const last = snapshot.roles.get(roleKey("111", names.at(-1) ?? ""));
  const question = last && assumeQuestion(last);
  if (last === undefined || question === undefined) throw new Error("no role");
  const scope = { verdicts: NOT_A_PLAIN_NO, reach: "ASSUMED" as const };
  finish(assumersOf(snapshot, last, true));

  const assumers = weighed.mostInOneStep(assumersOf(snapshot, last, true));
  const able = weighed.mostInOneStep(whoCan(snapshot, question, scope));
  const roles = weighed.mostInOneStep(assumableRoles(snapshot, principalOf(snapshot, "alice"), true));

  expect([assumers.value.length, [...valueIn(able.value).rows].length, roles.value.length]).toEqual([
    LENGTH,
    LENGTH,
    LENGTH,
  ]);
  for (const { most } of [assumers, able, roles]) expect(most).toBeLessThan(FEW);
  expect(weighed.reading(assumers.value)).toBeLessThan(FEW * LENGTH);
  expect(weighed.reading([...roles.value])).toBeLessThan(FEW * LENGTH);
});

test.each([
  ["a way of hundreds of roles is decided before its row is read", 0, 1],
  ["a short one as it is read", LENGTH - 2, 0],
])("%s", (_, from, expected) => {
  const snapshot = buildWorld(chain, []);
  const last = snapshot.roles.get(roleKey("111", names.at(-1) ?? ""));
  if (last === undefined) throw new Error("no role");
  const longest = finish(assumersOf(snapshot, last, true)).find(({ path }) => path?.length === LENGTH);
  if (longest?.path === undefined) throw new Error("no way");
  const { path, decision } = longest;
  let decided = 0;
  const row = new LedByRoles(
    function* () {
      yield undefined;
      return path.slice(from);
    },
    () => {
      decided++;
      return decision;
    },
  );
  finish(row.workOut());
  expect(decided).toBe(expected);
  expect(row.decision.verdict).toBe("ALLOWED");
  expect(decided).toBe(1);
});
