import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { addBit, hasBit, noBits } from "../../src/grants/bits.js";
import type { CompiledPrincipal } from "../../src/grants/compiled-principal.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { rule, type Verdict } from "../../src/policy/decide.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { type Decision, decideAccess } from "../../src/questions/access/decision.js";
import { isAtLeast, NOT_A_PLAIN_NO, VERDICT_RANK } from "../../src/questions/access/verdict-rank.js";
import { assumeQuestion } from "../../src/questions/assume/assume-question.js";
import { judgeInTurn } from "../../src/questions/assume/judge-in-turn.js";
import { reachInto } from "../../src/questions/assume/reach.js";
import type { WhoCanScope } from "../../src/questions/who-can/principal-access.js";
import { decideEach, whoCan } from "../../src/questions/who-can/who-can.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, layeredContext, layeredWorld } from "../properties/layered-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, type World } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { ALL_VERDICTS } from "./agreement.js";
import { hopWorld } from "./hop-world.js";

/** What an answer says of somebody: `ARN VERDICT by ROLE, ROLE`. */
const textOf = (arn: string, verdict: Verdict, roles: readonly string[]) =>
  `${arn} ${verdict}${roles.length === 0 ? "" : ` by ${roles.join(", ")}`}`;

/** The verdict on a way, each hop and the last role judged anew; the index is never asked. */
function judgedAlong(snapshot: Snapshot, question: AccessQuestion, way: readonly CompiledPrincipal[]): Verdict {
  const hops = way.slice(1).flatMap((to, at): readonly Decision[] => {
    const [from, role] = [way[at], snapshot.roles.get(to.key)];
    const asked = role && assumeQuestion(role, question.context);
    return from === undefined || asked === undefined ? [] : [judged(snapshot, from, asked)];
  });
  const last = way.at(-1);
  return rule(judgeInTurn([...hops, ...(last === undefined ? [] : [judged(snapshot, last, question)])])).verdict;
}

function judged(snapshot: Snapshot, principal: CompiledPrincipal, question: AccessQuestion): Decision {
  const decision = decideAccess(snapshot, principal, question);
  const { ruling, judged } = decision;
  return { ...decision, snapshot, question, verdict: ruling.verdict, ruling, judged };
}

/** Everybody asked about, decided by themselves and along the way that leads there. */
function expected(snapshot: Snapshot, question: AccessQuestion, scope: WhoCanScope): readonly string[] {
  const own = snapshot.principals.map((each) => judged(snapshot, each, question).verdict);
  const able = (tier: Verdict) =>
    own.flatMap((verdict, place) =>
      snapshot.principals[place]?.kind === "ROLE" && isAtLeast(verdict, tier) ? [place] : [],
    );
  const trails = finish(reachInto(snapshot, able, question.context));
  return snapshot.principals.flatMap((principal, place) => {
    if (!(scope.types?.has(principal.kind) ?? true) || !(scope.accountIds?.has(principal.accountId) ?? true)) return [];
    const way = trails.pathOf(place).flatMap(({ to }) => snapshot.principalByKey.get(to) ?? []);
    const itself = own[place] ?? "IMPLICIT_DENY";
    const led = way.length === 0 ? itself : judgedAlong(snapshot, question, [principal, ...way]);
    const isLed = VERDICT_RANK[led] > VERDICT_RANK[itself];
    const verdict = isLed ? led : itself;
    return scope.verdicts.has(verdict)
      ? [textOf(principal.arn, verdict, isLed ? way.map(({ name }) => name) : [])]
      : [];
  });
}

const scopes: readonly WhoCanScope[] = [
  { reach: "ASSUMED", verdicts: NOT_A_PLAIN_NO },
  { reach: "ASSUMED", verdicts: ALL_VERDICTS, types: new Set(["USER"]) },
  { reach: "ASSUMED", verdicts: new Set(["CONDITIONAL"]), accountIds: new Set(["111"]) },
  { reach: "ASSUMED", verdicts: new Set(["IMPLICIT_DENY", "ALLOWED"]), types: new Set(["ROLE"]) },
];

/** Returns how many get there by roles. */
function sameAsDecided(snapshot: Snapshot, question: AccessQuestion): number {
  let led = 0;
  for (const scope of scopes) {
    const decided = expected(snapshot, question, scope);
    for (const ask of [whoCan, decideEach]) {
      const { rows } = valueIn(finish(ask(snapshot, question, scope)));
      const known = [...rows].flatMap(({ principal, decision, path = [] }) => {
        if (principal === undefined) return [];
        expect(decision.ruling.verdict).toBe(decision.verdict);
        expect(decision.via ?? []).toEqual(path.map(({ to }) => snapshot.roles.get(to)?.name));
        return [textOf(principal.arn, decision.verdict, decision.via ?? [])];
      });
      expect(known).toEqual(decided);
    }
    led += decided.filter((text) => text.includes(" by ")).length;
  }
  return led;
}

const condition = fc.constantFrom({}, {}, { Condition: { StringEquals: { "c:s": ["a"] } } });
const some = (names: readonly string[]) => fc.subarray([...names], { minLength: 1 });

/** Worlds in which some go from role to role, and some of these roles do something. */
const relayWorld = fc
  .record({
    world: hopWorld,
    doing: fc.record({ who: some(["r2", "r3", "222/r4"]), condition }),
    going: fc.record({ who: some(["u1", "u2", "r1", "r2", "222/u4"]), condition }),
    isOpen: fc.boolean(),
  })
  .map(({ world, doing, going, isOpen }): World => {
    const held = (name: string) => [
      ...(doing.who.includes(name) ? ["Doing"] : []),
      ...(going.who.includes(name) ? ["Going"] : []),
    ];
    const holding = (all: World["users"] = {}) =>
      Object.fromEntries(Object.entries(all).map(([name, own]) => [name, [...own, ...held(name)]]));
    const said = (Action: string, more: object) => [{ Effect: "Allow", Action, Resource: "*", ...more }];
    const anybody = said("sts:AssumeRole", { Principal: { RAM: ["acs:ram::111:root", "acs:ram::222:root"] } });
    return {
      ...world,
      policies: { ...world.policies, Doing: said("ecs:*", doing.condition), Going: said("sts:*", going.condition) },
      users: holding(world.users),
      roles: holding(world.roles),
      ...(isOpen ? { trusts: { ...world.trusts, r2: anybody, r3: anybody } } : {}),
    };
  });

test("assumed-is-decided: whoever gets there by roles is listed with the verdict and the way that deciding each of them gives", () => {
  let led = 0;
  fc.assert(
    fc.property(
      relayWorld,
      fc.constantFrom("acs:ecs:*:111:instance/i-1", { anyOf: { pattern: "acs:ecs:*:*:instance/*" } }),
      (world, resource) => {
        const snapshot = buildWorld(world, LAYERED_ACTIONS);
        led += sameAsDecided(snapshot, valueIn(questionOf(snapshot, { action: "ecs:Stop", resource, whoCan: {} })));
      },
    ),
    runs(40),
  );
  expect(led).toBeGreaterThan(50);
});

test("assumed-is-decided where control policies, buckets and what is said of the circumstances count", () => {
  fc.assert(
    fc.property(layeredWorld, fc.constantFrom(...LAYERED_ARNS), layeredContext, (world, resource, context) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      for (const action of ["ecs:Stop", "oss:Get"]) {
        sameAsDecided(snapshot, valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} })));
      }
    }),
    runs(8),
  );
});

test("a place is a member of a walk exactly where a path leads from it", () => {
  fc.assert(
    fc.property(hopWorld, (world) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      for (const [start, { key }] of snapshot.principals.entries()) {
        if (!snapshot.roles.has(key)) continue;
        const trails = finish(reachInto(snapshot, () => [start]));
        const walked = noBits(snapshot.principals.length);
        for (const place of snapshot.principals.keys()) if (trails.pathOf(place).length > 0) addBit(walked, place);
        expect([...trails.members]).toEqual([...walked]);
        expect(hasBit(walked, start)).toBe(false);
        for (const place of snapshot.principals.keys()) {
          expect(trails.isFarther(place)).toBe(trails.pathOf(place).length > 1);
          if (hasBit(walked, place)) expect(trails.endOf(place)).toBe(start);
        }
      }
    }),
    runs(40),
  );
});
