import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { finish } from "../../src/grants/steps.js";
import type { Context } from "../../src/policy/conditions/context.js";
import type { EscalationPath } from "../../src/questions/escalation/escalation-path.js";
import { escalationPaths, findEscalations } from "../../src/questions/escalation/escalations.js";
import { plainPaths } from "../oracle/plain-escalation.js";
import { buildWorld, type World } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { contexts, escalationWorld, worldAboutSome, worldOfSharers } from "./escalation-world.js";

/** As the plain search tells them. */
const textOf = ({ steps }: EscalationPath) =>
  steps.map(({ means, target, verdict }) => `${means} ${target.key} ${verdict}`).join(", then ");

/** Says what the plain search says of everybody, alone and among all. Gives the lengths of the paths that there are. */
function expectPlainPaths(given: World, context: Context, goal: string | undefined): readonly number[] {
  const snapshot = buildWorld(given, []);
  const answer = finish(findEscalations(snapshot, context, goal));
  const rows = new Map([...answer.rows].map(({ principal, paths }) => [principal.key, finish(paths()).map(textOf)]));
  return snapshot.principals.flatMap((principal) => {
    const { paths, isTruncated } = finish(escalationPaths(snapshot, context, goal, principal));
    const plain = plainPaths(snapshot, context, goal, principal);
    if (!isTruncated) expect([principal.key, paths.map(textOf).sort()]).toEqual([principal.key, plain]);
    const isThere = paths.some(({ steps, ruling }) => steps.length === 0 && ruling.verdict === "ALLOWED");
    const shown = isThere ? [] : paths.filter(({ steps }) => steps.length > 0).map(textOf);
    expect([principal.key, rows.get(principal.key) ?? []]).toEqual([principal.key, shown]);
    return paths.map(({ steps }) => steps.length);
  });
}

describe("ways to gain rights", () => {
  test("are those that deciding every step by itself finds", () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(
        escalationWorld,
        contexts,
        fc.constantFrom(undefined, undefined, "user:111:boss"),
        (given, context, goal) => {
          for (const length of expectPlainPaths(given, context, goal)) seen.add(length);
        },
      ),
      runs(60),
    );
    expect([...seen]).toEqual(expect.arrayContaining([1, 2]));
  });

  test("are those of each, whoever holds the same policies in other groups, accounts and bounds", () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(worldOfSharers, contexts, (given, context) => {
        for (const length of expectPlainPaths(given, context, undefined)) seen.add(length);
      }),
      runs(80),
    );
    expect([...seen]).toEqual(expect.arrayContaining([1, 2]));
  });

  test("are told of everybody by what they may do themselves, whoever else stands alike", () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(worldAboutSome, contexts, (given, context) => {
        const snapshot = buildWorld(given, []);
        const { rows } = finish(findEscalations(snapshot, context, undefined));
        const found = [...rows].map(({ principal, paths }) => [principal.key, finish(paths()).map(textOf).sort()]);
        const plain = snapshot.principals
          .filter(({ kind }) => kind === "USER")
          .map((principal) => [principal.key, plainPaths(snapshot, context, undefined, principal)] as const)
          .filter(([, paths]) => paths.length > 0);
        expect(found).toEqual(plain);
        seen.add(plain.length);
      }),
      runs(200),
    );
    expect(seen.size).toBeGreaterThan(2);
  });
});
