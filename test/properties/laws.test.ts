import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Verdict } from "../../src/policy/decide.js";
import { can } from "../../src/questions/can/can.js";
import { ACTIONS, DOMAINS, randomContext, randomResource, randomWorld } from "../oracle/random-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, nameOf, type World } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";

type Statements = readonly Readonly<Record<string, unknown>>[];
type Asked = { readonly resource: string | object; readonly closed: boolean; readonly context: Context };
type Context = Readonly<Record<string, readonly string[] | null>>;

const asked: fc.Arbitrary<Asked> = fc
  .tuple(randomResource, randomContext)
  .map(([resource, context]) => ({ resource, ...context }));
const RANK: Readonly<Record<Verdict, number>> = {
  EXPLICIT_DENY: 0,
  IMPLICIT_DENY: 0,
  UNDETERMINED: 1,
  CONDITIONAL: 1,
  ALLOWED: 2,
};
const isNo = (verdict: Verdict) => RANK[verdict] === 0;

/** The verdict of everybody for every action, by name. */
function verdicts(world: World, { resource, closed, context }: Asked): Readonly<Record<string, Verdict>> {
  const snapshot = buildWorld(world, ACTIONS);
  const entries = snapshot.principals.flatMap((principal) =>
    ACTIONS.map((action): [string, Verdict] => {
      const question = valueIn(questionOf(snapshot, { action, resource, closed, context, whoCan: {} }));
      return [`${nameOf(principal)} ${action}`, valueIn(can(snapshot, principal, question, "")).verdict];
    }),
  );
  return Object.fromEntries(entries);
}

function law(name: string, change: (world: World) => World, holds: (before: Verdict, after: Verdict) => boolean): void {
  test(name, () => {
    fc.assert(
      fc.property(randomWorld, asked, (world, question) => {
        const before = verdicts(world, question);
        const after = verdicts(change(world), question);
        const broken = Object.keys(before).filter(
          (each) => !holds(before[each] ?? "ALLOWED", after[each] ?? "ALLOWED"),
        );
        expect(broken.map((each) => `${each}: ${before[each]} became ${after[each]}`)).toEqual([]);
      }),
      runs(25),
    );
  });
}

const isSame = (before: Verdict, after: Verdict) => before === after;

/** Changes the statements of every policy that has any. */
function eachPolicy(change: (statements: Statements) => Statements): (world: World) => World {
  return (world) => ({
    ...world,
    policies: Object.fromEntries(
      Object.entries(world.policies).map(([name, content]) => [
        name,
        content === null || typeof content === "string" ? content : change(content as Statements),
      ]),
    ),
  });
}

/** Attaches one more policy to every user and role. */
function giveAll(statements: Statements | null | string): (world: World) => World {
  return (world) => {
    const give = (held: World["users"] = {}) =>
      Object.fromEntries(Object.entries(held).map(([name, policies]) => [name, [...policies, "Extra"]]));
    return {
      ...world,
      policies: { ...world.policies, Extra: statements },
      users: give(world.users),
      roles: give(world.roles),
    };
  };
}

const ALLOW_ALL = [{ Effect: "Allow", Action: "*", Resource: "*" }];
const DENY_ALL = [{ Effect: "Deny", Action: "*", Resource: "*" }];

law(
  "deny-beats-allow",
  (world) => giveAll(DENY_ALL)(giveAllTwice(world)),
  (_, after) => after === "EXPLICIT_DENY",
);
law(
  "order-of-statements-does-not-matter",
  eachPolicy((statements) => statements.toReversed()),
  isSame,
);
law(
  "repeating-statements-does-not-matter",
  eachPolicy((statements) => [...statements, ...statements]),
  isSame,
);
law(
  "order-of-policies-does-not-matter",
  (world) => ({
    ...world,
    users: mapValues(world.users, (held) => held.toReversed()),
    roles: mapValues(world.roles, (held) => held.toReversed()),
  }),
  isSame,
);
law(
  "splitting-actions-does-not-matter",
  eachPolicy((statements) => statements.flatMap(split("Action"))),
  isSame,
);
law(
  "splitting-resources-does-not-matter",
  eachPolicy((statements) => statements.flatMap(split("Resource"))),
  isSame,
);
law("an-allow-never-removes-access", giveAll(ALLOW_ALL), (before, after) => RANK[after] >= RANK[before]);
law(
  "a-conditional-allow-never-removes-access",
  giveAll([{ Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "c:s": "a" } } }]),
  (before, after) => RANK[after] >= RANK[before],
);
law(
  "a-deny-never-adds-access",
  giveAll([{ Effect: "Deny", Action: "*:Get", NotResource: "acs:oss:*:*:a*" }]),
  (before, after) => RANK[after] <= RANK[before],
);
law(
  "a-lost-policy-never-makes-a-yes",
  giveAll(null),
  (before, after) => after !== "ALLOWED" && (before !== "EXPLICIT_DENY" || after === before),
);
law("an-empty-policy-changes-nothing", giveAll([]), isSame);
law(
  "unrelated-principals-and-policies-change-nothing",
  (world) => ({
    ...world,
    policies: { ...world.policies, Other: DENY_ALL },
    users: { ...world.users, mallory: ["Other"] },
    roles: { ...world.roles, spare: ["Other"] },
    groups: { ...world.groups, strangers: { members: ["mallory"], policies: ["Other"] } },
  }),
  isSame,
);

test("silence-denies", () => {
  fc.assert(
    fc.property(asked, (question) => {
      const found = verdicts({ policies: {}, users: { alice: [], "222/eve": [] }, roles: { ops: [] } }, question);
      expect(new Set(Object.values(found))).toEqual(new Set(["IMPLICIT_DENY"]));
    }),
    runs(50),
  );
});

test("an-open-context-is-sound: what is said of all completions holds for each of them", () => {
  const values = fc.tuple(
    ...Object.values(DOMAINS).map((domain) =>
      fc.oneof(fc.constant(null), fc.subarray([...domain], { maxLength: Math.min(3, domain.length) })),
    ),
  );
  fc.assert(
    fc.property(randomWorld, asked, values, (world, question, completion) => {
      const completed = Object.fromEntries(Object.keys(DOMAINS).map((key, i) => [key, completion[i] ?? null]));
      const open = verdicts(world, { ...question, closed: false });
      const full = verdicts(world, { ...question, closed: false, context: { ...completed, ...question.context } });
      for (const [each, verdict] of Object.entries(open)) {
        const settled = full[each] ?? "ALLOWED";
        if (verdict === "ALLOWED") expect(`${each} ${settled}`).toBe(`${each} ALLOWED`);
        if (verdict === "EXPLICIT_DENY") expect(`${each} ${settled}`).toBe(`${each} EXPLICIT_DENY`);
        if (isNo(verdict)) expect(`${each} ${isNo(settled)}`).toBe(`${each} true`);
        expect(settled).not.toBe("CONDITIONAL");
      }
    }),
    runs(100),
  );
});

test("unknown-is-never-allowed: breaking any statement makes no yes out of anything but a yes", () => {
  const breakage = fc.constantFrom<(statement: Readonly<Record<string, unknown>>) => unknown>(
    ({ Effect, ...rest }) => ({ ...rest, effect: Effect }),
    (statement) => ({ ...statement, Effect: "DENY" }),
    (statement) => ({ ...statement, Surprise: true }),
    (statement) => ({ ...statement, Condition: { StringEqualsIfExists: { "c:s": "a" } } }),
    (statement) => ({ ...statement, Condition: { IpAddress: { "c:i": "banana" } } }),
    (statement) => ({ ...statement, condition: { Bool: { "c:b": "true" } } }),
    (statement) => Object.fromEntries(Object.entries(statement).filter(([name]) => !name.endsWith("Resource"))),
    () => "Deny everything",
    () => null,
  );
  fc.assert(
    fc.property(randomWorld, asked, breakage, fc.nat({ max: 2 }), (world, question, breaks, at) => {
      const damage = (statements: Statements) =>
        statements.map((each, i) => (i === at ? breaks(each) : each)) as unknown as Statements;
      const removed = verdicts(eachPolicy((statements) => statements.filter((_, i) => i !== at))(world), question);
      const broken = verdicts(eachPolicy(damage)(world), question);
      for (const [each, verdict] of Object.entries(broken)) {
        // A yes must stand on what is left, and what is left must not be weaker than the answer.
        if (verdict === "ALLOWED") expect(`${each} ${removed[each]}`).toBe(`${each} ALLOWED`);
        if (verdict === "EXPLICIT_DENY") expect(`${each} ${removed[each]}`).toBe(`${each} EXPLICIT_DENY`);
      }
    }),
    runs(100),
  );
});

function giveAllTwice(world: World): World {
  return { ...world, policies: mapValues(world.policies, () => ALLOW_ALL) };
}

function mapValues<T, U>(record: Readonly<Record<string, T>> = {}, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** One statement for each pattern of an element; negated elements cannot be split. */
function split(element: "Action" | "Resource"): (statement: Readonly<Record<string, unknown>>) => Statements {
  return (statement) => {
    const patterns = statement[element];
    return Array.isArray(patterns)
      ? patterns.map((pattern: unknown) => ({ ...statement, [element]: [pattern] }))
      : [statement];
  };
}
