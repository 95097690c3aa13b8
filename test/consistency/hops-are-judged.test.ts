import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { membersOf } from "../../src/grants/bits.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { CATALOG_ACCOUNT, roleKey } from "../../src/inventory/keys.js";
import { OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import type { Verdict } from "../../src/policy/decide.js";
import { decideAccess } from "../../src/questions/access/decision.js";
import { isAtLeast } from "../../src/questions/access/verdict-rank.js";
import { assumableRoles } from "../../src/questions/assume/assumable-roles.js";
import { edgesInto } from "../../src/questions/assume/assume-edges.js";
import { assumeQuestion } from "../../src/questions/assume/assume-question.js";
import { mayHop } from "../../src/questions/assume/hoppers.js";
import { startHops } from "../../src/questions/assume/hops.js";
import { reachFrom, reachInto } from "../../src/questions/assume/reach.js";
import { LAYERED_ACTIONS, layeredWorld } from "../properties/layered-world.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { hopWorld } from "./hop-world.js";

type Hops = ReadonlyMap<string, Verdict>;

/** Every hop that is no plain no, as the judge decides it: `from to` and its verdict. */
function judgedHops(snapshot: Snapshot): Hops {
  const hops = [...snapshot.roles].flatMap(([to, role]) => {
    const question = assumeQuestion(role);
    const others = snapshot.principals.filter((from) => from.key !== to && mayHop(from));
    return question === undefined
      ? []
      : others.map((from): [string, Verdict] => [
          `${from.key} ${to}`,
          decideAccess(snapshot, from, question).ruling.verdict,
        ]);
  });
  return new Map(hops.filter(([, verdict]) => isAtLeast(verdict, "UNDETERMINED")));
}

const sorted = (hops: Hops) => [...hops].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** How many hops it takes by hops that are good enough, from one to all others. */
function distances(hops: Hops, start: string, tier: Verdict): ReadonlyMap<string, number> {
  const found = new Map([[start, 0]]);
  for (const [from, length] of found) {
    for (const [hop, verdict] of hops) {
      const [own, to = ""] = hop.split(" ");
      if (own === from && isAtLeast(verdict, tier) && !found.has(to)) found.set(to, length + 1);
    }
  }
  return found;
}

/** The best tier by which somebody gets there, and the least hops that it takes by it. */
function best(hops: Hops, start: string, end: string): readonly [Verdict, number] | undefined {
  for (const tier of ["ALLOWED", "CONDITIONAL", "UNDETERMINED"] as const) {
    const length = distances(hops, start, tier).get(end);
    if (length !== undefined) return [tier, length];
  }
  return undefined;
}

test("hops-are-judged: whoever is alike is decided once, and nobody is decided otherwise than by the judge", () => {
  let found = 0;
  fc.assert(
    fc.property(fc.oneof(layeredWorld, hopWorld), (world) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      const judged = judgedHops(snapshot);
      const hops = finish(startHops(snapshot));
      const into = [...snapshot.roles.keys()].flatMap((key) => {
        const to = hops.roles.get(key);
        return to === undefined ? [] : finish(edgesInto(hops, to));
      });
      const outOf = snapshot.principals.flatMap((from) =>
        [...finish(assumableRoles(snapshot, from, false))].map(({ role, decision }) => ({
          from,
          to: roleKey(role.accountId, role.name),
          decision,
        })),
      );
      for (const edges of [into, outOf]) {
        const told = new Map(edges.map(({ from, to, decision }) => [`${from.key} ${to}`, decision.verdict]));
        expect(sorted(told)).toEqual(sorted(judged));
      }
      for (const { decision } of into) expect(decision.ruling.verdict).toBe(decision.verdict);
      found += judged.size;
    }),
    runs(150),
  );
  expect(found).toBeGreaterThan(100);
});

test("reach-is-shortest: everybody is reached by the best hops that lead there, and by as few of them as it takes", () => {
  let longer = 0;
  fc.assert(
    fc.property(fc.oneof(layeredWorld, hopWorld), (world) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      const judged = judgedHops(snapshot);
      for (const principal of snapshot.principals) {
        const trails = finish(reachFrom(snapshot, principal));
        for (const place of membersOf([trails.members])) {
          const [key, path] = [snapshot.principals[place]?.key ?? "", trails.pathOf(place)];
          const worst = path.map(({ decision }) => decision.verdict);
          const expected = best(judged, principal.key, key);
          expect([key, path.length]).toEqual([key, expected?.[1]]);
          expect(worst.every((verdict) => isAtLeast(verdict, expected?.[0] ?? "ALLOWED"))).toBe(true);
        }
      }
      for (const [place, { key, kind, accountId }] of snapshot.principals.entries()) {
        if (kind !== "ROLE" || accountId === CATALOG_ACCOUNT) continue;
        const trails = finish(reachInto(snapshot, () => [place], OPEN_CONTEXT));
        const reached = membersOf([trails.members]).map((at) => ({
          from: snapshot.principals[at],
          path: trails.pathOf(at),
        }));
        const told = reached.map(({ from, path }) => `${from?.key} ${path.length}`);
        const expected = snapshot.principals.flatMap((principal) => {
          const length = principal.key === key ? undefined : best(judged, principal.key, key)?.[1];
          return length === undefined ? [] : [`${principal.key} ${length}`];
        });
        expect(told.toSorted()).toEqual(expected.toSorted());
        longer += reached.filter(({ path }) => path.length > 1).length;
      }
    }),
    runs(60),
  );
  expect(longer).toBeGreaterThan(0);
});
