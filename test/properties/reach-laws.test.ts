import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import type { Verdict } from "../../src/policy/decide.js";
import { NOT_A_PLAIN_NO, VERDICT_RANK } from "../../src/questions/access/verdict-rank.js";
import { can } from "../../src/questions/can/can.js";
import { whoCan } from "../../src/questions/who-can/who-can.js";
import {
  ALL_VERDICTS,
  answersOfCan,
  answersOfPermissions,
  answersOfWhoCan,
  countsOf,
} from "../consistency/agreement.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, nameOf } from "../worlds/build-world.js";
import { assumptionsFromBothSides } from "../worlds/reach.js";
import { runs } from "../worlds/runs.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, layeredContext, layeredWorld } from "./layered-world.js";

const SETS = [
  "*",
  "acs:ecs:*:*:instance/*",
  "acs:oss:*:*:*",
  "acs:oss:*:222:*",
  "acs:ram:*:*:role/*",
  "acs:ram:*:222:role/*",
  "acs:ram:*:333:role/*",
];
const anything = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<string | object>(...LAYERED_ARNS) },
  { weight: 1, arbitrary: fc.constantFrom(...SETS).map((pattern) => ({ anyOf: { pattern } })) },
  { weight: 1, arbitrary: fc.constantFrom(...SETS).map((pattern) => ({ allOf: { pattern } })) },
);

test("all questions agree in worlds of all layers", () => {
  fc.assert(
    fc.property(layeredWorld, anything, layeredContext, (world, resource, context) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      for (const action of LAYERED_ACTIONS) {
        const question = valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} }));
        const answers = answersOfCan(snapshot, question);
        for (const verdicts of [ALL_VERDICTS, NOT_A_PLAIN_NO, new Set<Verdict>(["EXPLICIT_DENY"])]) {
          const asked = answers.filter(({ verdict }) => verdicts.has(verdict));
          expect(answersOfWhoCan(snapshot, question, verdicts)).toEqual(asked);
          expect(answersOfPermissions(snapshot, question, verdicts)).toEqual(asked);
        }
        for (const answer of answers) if (answer.verdict === "UNDETERMINED") expect(answer.warnings).not.toEqual([]);
      }
      for (const principal of snapshot.principals) {
        const { expected, summed } = countsOf(snapshot, principal);
        expect(summed).toEqual(expected);
      }
    }),
    runs(100),
  );
});

test("some of a set is at least each of its members, every one of it at most", () => {
  const RANK: Readonly<Record<Verdict, number>> = {
    EXPLICIT_DENY: 0,
    IMPLICIT_DENY: 0,
    UNDETERMINED: 1,
    CONDITIONAL: 1,
    ALLOWED: 2,
  };
  const sets = fc.constantFrom(
    "acs:ecs:*:111:*",
    "acs:oss:*:111:*",
    "acs:oss:*:222:*",
    "acs:ram:*:111:*",
    "acs:ram:*:222:*",
    "acs:ecs:*:222:*",
  );
  fc.assert(
    fc.property(layeredWorld, sets, layeredContext, (world, pattern, context) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      const members = LAYERED_ARNS.filter(
        (arn) => arn.startsWith(pattern.slice(0, 8)) && arn.split(":")[3] === pattern.split(":")[3],
      );
      for (const action of LAYERED_ACTIONS) {
        const ask = (resource: string | object) =>
          answersOfCan(snapshot, valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} })));
        const [some, every] = [ask({ anyOf: { pattern } }), ask({ allOf: { pattern } })];
        for (const arn of members) {
          // What is no role is no member of a set of roles to be assumed.
          const points = ask(arn);
          const worse = points.filter(({ verdict }, i) => {
            const [best, worst] = [some[i]?.verdict ?? "ALLOWED", every[i]?.verdict ?? "ALLOWED"];
            return (
              RANK[best] < Math.min(RANK[verdict], RANK[best] === 1 ? 1 : 2) || (RANK[worst] === 2 && RANK[verdict] < 2)
            );
          });
          expect(worse.map(({ principal, verdict }) => `${principal} ${action} ${arn} ${verdict}`)).toEqual([]);
        }
      }
    }),
    runs(60),
  );
});

test("ways by roles are sound, shortest, free of circles, and never worse than what one may do oneself", () => {
  fc.assert(
    fc.property(
      layeredWorld,
      fc.constantFrom(...LAYERED_ACTIONS),
      fc.constantFrom(...LAYERED_ARNS),
      layeredContext,
      (world, action, resource, context) => {
        const snapshot = buildWorld(world, LAYERED_ACTIONS);
        const question = valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} }));
        const direct = new Map(answersOfCan(snapshot, question).map((each) => [each.principal, each.verdict]));
        const hops = hopsIn(snapshot, context);
        const { rows } = valueIn(finish(whoCan(snapshot, question, { verdicts: NOT_A_PLAIN_NO, reach: "ASSUMED" })));
        const found = new Map<string, Verdict>();
        for (const { decision, path } of rows) {
          const from = decision.asker?.principal;
          if (from === undefined) continue;
          found.set(from.arn, decision.verdict);
          if (path === undefined) continue;
          const ends = path.map(({ to }) => snapshot.principalByKey.get(to));
          const visited = [from.arn, ...ends.map((role) => role?.arn ?? "")];
          expect(new Set(visited).size).toBe(visited.length);
          expect(ends.map((role) => role?.serviceName)).toEqual(ends.map(() => undefined));
          const verdicts = path.map((_, i) => hops.get(`${visited[i]} ${visited[i + 1]}`));
          expect(path.map((hop) => hop.decision.verdict)).toEqual(verdicts);
          const worst = weakest([
            ...verdicts.flatMap((each) => each ?? []),
            direct.get(visited.at(-1) ?? "") ?? "IMPLICIT_DENY",
          ]);
          expect(VERDICT_RANK[decision.verdict]).toBe(VERDICT_RANK[worst]);
          expect(path.length).toBe(shortest(from.arn, worst, direct, hops));
        }
        for (const [arn, verdict] of bestByBruteForce(direct, hops)) {
          expect(`${arn} ${found.get(arn) ?? "no"}`).toBe(`${arn} ${NOT_A_PLAIN_NO.has(verdict) ? verdict : "no"}`);
        }
      },
    ),
    runs(120),
  );
});

test("who may assume a role and which roles somebody may assume are one relation", () => {
  fc.assert(
    fc.property(layeredWorld, fc.boolean(), (world, isTransitive) => {
      const [byRole, byPrincipal] = assumptionsFromBothSides(buildWorld(world, LAYERED_ACTIONS), isTransitive);
      expect(byPrincipal).toEqual(byRole);
    }),
    runs(120),
  );
});

type Hops = ReadonlyMap<string, Verdict>;

/** Every hop from somebody to a role, as `can` has it; a service-linked role goes nowhere and nobody goes to it. */
function hopsIn(snapshot: Snapshot, context: object): Hops {
  const hops = new Map<string, Verdict>();
  for (const from of snapshot.principals.filter(({ serviceName }) => serviceName === undefined)) {
    for (const to of snapshot.principals.filter(({ kind, key }) => kind === "ROLE" && key !== from.key)) {
      const question = valueIn(
        questionOf(snapshot, { action: "sts:AssumeRole", resource: to.arn, ...context, whoCan: {} }),
      );
      const { verdict } = valueIn(can(snapshot, from, question, nameOf(from)));
      if (NOT_A_PLAIN_NO.has(verdict)) hops.set(`${from.arn} ${to.arn}`, verdict);
    }
  }
  return hops;
}

function weakest(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((worst, each) => (VERDICT_RANK[each] < VERDICT_RANK[worst] ? each : worst), "ALLOWED");
}

/** The best verdict that anybody has by any way, worked out by relaxing hops until nothing changes. */
function bestByBruteForce(direct: ReadonlyMap<string, Verdict>, hops: Hops): ReadonlyMap<string, Verdict> {
  const best = new Map(direct);
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [hop, verdict] of hops) {
      const [from = "", to = ""] = hop.split(" ");
      const reached = weakest([verdict, best.get(to) ?? "IMPLICIT_DENY"]);
      if (VERDICT_RANK[reached] < VERDICT_RANK.UNDETERMINED) continue;
      if (VERDICT_RANK[reached] <= VERDICT_RANK[best.get(from) ?? "IMPLICIT_DENY"]) continue;
      best.set(from, reached);
      isChanged = true;
    }
  }
  return best;
}

/** Hops of a shortest way of at least this verdict. */
function shortest(from: string, verdict: Verdict, direct: ReadonlyMap<string, Verdict>, hops: Hops): number {
  const isGood = (each: Verdict | undefined) => each !== undefined && VERDICT_RANK[each] >= VERDICT_RANK[verdict];
  let front = new Set([from]);
  for (let length = 1; length <= direct.size; length++) {
    const next = new Set<string>();
    for (const [hop, each] of hops) {
      const [start = "", end = ""] = hop.split(" ");
      if (front.has(start) && isGood(each)) next.add(end);
    }
    if ([...next].some((arn) => isGood(direct.get(arn)))) return length;
    front = next;
  }
  return Number.POSITIVE_INFINITY;
}
