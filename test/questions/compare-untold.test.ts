import { describe, expect, test } from "@jest/globals";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { allChanges } from "../../src/questions/compare/all-changes.js";
import { pairOfTwo, pairsToCompare } from "../../src/questions/compare/pairs-to-compare.js";
import { lostAccess } from "../../src/questions/deletion/lost-access.js";
import { inOrder } from "../grants/random-change.js";
import { valueIn } from "../worlds/ask.js";
import { inventoryOf, type World } from "../worlds/build-world.js";

/** Each splits every part that the others leave, so that nine make more parts than are told apart. */
const OVERLAPPING = Array.from({ length: 9 }, (_, at) => ({
  Effect: "Allow",
  Action: "ecs:*",
  Resource: `acs:ecs:*:*:instance/${"?".repeat(at)}x${"?".repeat(8 - at)}`,
  Condition: { Bool: { [`some:Key${at}`]: "true" } },
}));

const one = (Effect: string, name: string) => ({
  Effect,
  Action: "ecs:Stop",
  Resource: `acs:ecs:*:*:instance/${name}`,
});

const WORLD: World = {
  policies: {
    Overlapping: OVERLAPPING,
    WithOneMore: [...OVERLAPPING, one("Allow", "zzz")],
    Plain: [one("Allow", "zzz")],
  },
  users: { many: ["Overlapping"], more: ["WithOneMore"], plain: ["Plain"], none: [] },
  roles: { worker: ["Overlapping"] },
};

const snapshot = compileSnapshot(inOrder(inventoryOf(WORLD, ["ecs:Stop", "oss:GetObject"])));

function userOf({ principals }: Snapshot, name: string) {
  const found = principals.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function differencesOf(base: string, head: string) {
  const pair = pairOfTwo(snapshot, snapshot, userOf(snapshot, base), userOf(snapshot, head));
  const actions = [...snapshot.catalog.actions.values()];
  return valueIn(finish(allChanges([pair], actions, { kinds: undefined, verdicts: undefined })));
}

describe("resources too many to be told apart", () => {
  test.each([
    ["many", "more"],
    ["none", "many"],
  ])("of %s and %s: a gap says that rows may be missing", (base, head) => {
    const [gap, ...others] = differencesOf(base, head).gaps;
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ reason: "POLICY_UNREADABLE", subject: userOf(snapshot, head).arn });
    expect(gap?.detail).toContain("differences in `ecs:Stop` may be missing");
  });

  test("what differs within one pattern is found all the same", () => {
    const rows = differencesOf("many", "more").rows.map(({ kind, pattern }) => [kind, pattern.text]);
    expect(rows).toContainEqual(["GAINED", "acs:ecs:*:*:instance/zzz"]);
  });

  test("what is told apart leaves no gap", () => {
    expect(differencesOf("none", "plain")).toMatchObject({ rows: [{ kind: "GAINED" }], gaps: [] });
  });

  test("what is lost with a role says so too", () => {
    const role = [...snapshot.roles.values()].find(({ name }) => name === "worker");
    if (role === undefined) throw new Error("no worker");
    expect(finish(lostAccess(snapshot, role)).gaps.map(({ detail }) => detail)).toContainEqual(
      expect.stringContaining("too many kinds of resources to be told apart"),
    );
  });

  test("nor is a state told apart from itself", () => {
    expect(finish(pairsToCompare(snapshot, snapshot))).toEqual([]);
  });
});
