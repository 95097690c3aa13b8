import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildTest } from "../../src/policy/conditions/build-test.js";
import type { ConditionTest } from "../../src/policy/conditions/condition-test.js";
import { evaluateTest } from "../../src/policy/conditions/context.js";
import { allOf, anyOf, type Formula, not, UNKNOWN } from "../../src/policy/logic/formula.js";
import { type Literal, solve } from "../../src/policy/logic/solve.js";
import { runs } from "../worlds/runs.js";

const FROM = { policy: "p", pointer: "/Statement/0" };

/** Two keys with tests that contradict, imply and complete each other; values that tell all of them apart. */
const TESTS: readonly ConditionTest[] = [
  built("StringEquals", "k:s", ["a"]),
  built("StringNotEquals", "k:s", ["a"]),
  built("StringLike", "k:s", ["a*", "b"]),
  built("StringEqualsIgnoreCase", "k:s", ["B"]),
  built("ForAllValues:StringLike", "k:s", ["?"]),
  built("ForAnyValue:StringNotEquals", "k:s", ["a", "b"]),
  built("StringEquals", "k:s", []),
  built("NumericLessThan", "k:n", ["5"]),
  built("NumericGreaterThanEquals", "k:n", ["5"]),
  built("NumericNotEquals", "k:n", ["7", "5"]),
  built("IpAddress", "k:i", ["10.0.0.0/8"]),
  built("NotIpAddress", "k:i", ["10.1.0.0/16", "2001:db8::/32"]),
  built("IpAddress", "k:i", ["::/0"]),
  built("DateLessThan", "k:d", ["2020-01-01T00:00:00Z"]),
  built("DateGreaterThan", "k:d", ["2020-01-01T00:00:00+01:00"]),
  built("Bool", "k:b", ["true"]),
  built("Bool", "k:b", ["false"]),
];
const VALUES: Readonly<Record<string, readonly string[]>> = {
  "k:s": ["a", "b", "B", "ab", "A", "xyz", ""],
  "k:n": ["4", "5", "6", "7"],
  "k:i": ["10.0.0.1", "10.1.0.1", "11.0.0.1", "2001:db8::1", "::1"],
  "k:d": ["2019-12-31T22:00:00Z", "2019-12-31T23:00:00Z", "2019-12-31T23:30:00Z", "2020-01-01T00:00:00Z"],
  "k:b": ["true", "false"],
};

const leaf = fc.constantFrom(...TESTS).map((each): Formula => ({ kind: "TEST", test: each, from: FROM }));
const formula = fc.letrec<{ tree: Formula }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: fc.constant(UNKNOWN) },
    { weight: 3, arbitrary: fc.array(tie("tree"), { maxLength: 3 }).map(allOf) },
    { weight: 3, arbitrary: fc.array(tie("tree"), { maxLength: 3 }).map(anyOf) },
    { weight: 2, arbitrary: tie("tree").map(not) },
  ),
})).tree;

/** What a key may hold: nothing, or any set of the values that tell the tests apart. */
type Completion = ReadonlyMap<string, readonly string[] | "ABSENT">;

test("the outcome and the condition are those of all completions", () => {
  fc.assert(
    fc.property(formula, (tree) => {
      const solution = solve(tree);
      const completions = completionsOf(tree);
      const results = completions.map((completion) => evaluate(tree, completion));
      expect(solution.isExact).toBe(true);
      expect(solution.outcome).toBe(outcomeOf(results));
      for (const [index, completion] of completions.entries()) {
        expect(holds(solution.alternatives, completion)).toBe(results[index] === true);
      }
    }),
    runs(300),
  );
});

test("no alternative can be left out, no literal can be dropped", () => {
  fc.assert(
    fc.property(formula, (tree) => {
      const { alternatives } = solve(tree);
      const completions = completionsOf(tree);
      const isSame = (reduced: typeof alternatives) =>
        completions.every((each) => holds(reduced, each) === holds(alternatives, each));
      for (const [index, literals] of alternatives.entries()) {
        const others = alternatives.filter((_, at) => at !== index);
        expect(isSame(others)).toBe(false);
        for (const dropped of literals) {
          expect(isSame([...others, literals.filter((each) => each !== dropped)])).toBe(false);
        }
      }
    }),
    runs(300),
  );
});

test("missingKeys are the keys that can change the outcome while the others stay", () => {
  fc.assert(
    fc.property(formula, (tree) => {
      const completions = completionsOf(tree);
      const keys = Object.keys(VALUES).filter((key) => {
        const seen = new Map<string, unknown>();
        return completions.some((completion) => {
          const others = JSON.stringify([...completion].filter(([name]) => name !== key));
          const result = evaluate(tree, completion) ?? "UNKNOWN";
          if (!seen.has(others)) seen.set(others, result);
          return seen.get(others) !== result;
        });
      });
      expect(solve(tree).missingKeys).toEqual(keys.sort());
    }),
    runs(200),
  );
});

function built(operator: string, key: string, values: readonly string[]): ConditionTest {
  const test = buildTest(operator, key, values, "");
  if ("code" in test) throw new Error(test.code);
  return test;
}

function testsOf(tree: Formula): readonly ConditionTest[] {
  if (tree.kind === "TEST") return [tree.test];
  if (tree.kind === "NOT") return testsOf(tree.part);
  return tree.kind === "AND" || tree.kind === "OR" ? tree.parts.flatMap(testsOf) : [];
}

/** Every combination of what the keys of the formula may hold: up to two values tell as much as more do. */
function completionsOf(tree: Formula): readonly Completion[] {
  let completions: Completion[] = [new Map()];
  for (const key of new Set(testsOf(tree).map(({ foldedKey }) => foldedKey))) {
    const states = statesOf(key, testsOf(tree));
    completions = completions.flatMap((each) => states.map((state) => new Map([...each, [key, state]])));
  }
  return completions;
}

/** One state for each combination of results that the key's tests have over all sets of values. */
function statesOf(key: string, tests: readonly ConditionTest[]): readonly (readonly string[] | "ABSENT")[] {
  const own = tests.filter(({ foldedKey }) => foldedKey === key);
  const states = new Map<string, readonly string[] | "ABSENT">();
  for (const state of ["ABSENT" as const, ...subsets(VALUES[key] ?? [])]) {
    const context = { mode: "CLOSED" as const, entries: new Map([[key, state]]) };
    states.set(own.map((test) => evaluateTest(test, context)).join(), state);
  }
  return [...states.values()];
}

function subsets([first, ...others]: readonly string[]): readonly (readonly string[])[] {
  if (first === undefined) return [[]];
  return subsets(others).flatMap((set) => [set, [first, ...set]]);
}

function evaluate(tree: Formula, completion: Completion): boolean | undefined {
  switch (tree.kind) {
    case "CONSTANT":
      return tree.value;
    case "UNKNOWN":
      return undefined;
    case "TEST":
      return evaluateTest(tree.test, { mode: "CLOSED", entries: completion }) === true;
    case "NOT": {
      const part = evaluate(tree.part, completion);
      return part === undefined ? undefined : !part;
    }
    case "AND":
      return junction(tree.parts, completion, false);
    case "OR":
      return junction(tree.parts, completion, true);
  }
}

function junction(parts: readonly Formula[], completion: Completion, settles: boolean): boolean | undefined {
  const results = parts.map((part) => evaluate(part, completion));
  if (results.includes(settles)) return settles;
  return results.includes(undefined) ? undefined : !settles;
}

function outcomeOf(results: readonly (boolean | undefined)[]) {
  if (results.includes(true) && results.includes(false)) return "SOMETIMES";
  if (results.includes(undefined)) return "UNDETERMINED";
  return results.includes(true) ? "ALWAYS" : "NEVER";
}

function holds(alternatives: readonly (readonly Literal[])[], completion: Completion): boolean {
  const context = { mode: "CLOSED" as const, entries: completion };
  return alternatives.some((literals) =>
    literals.every(({ test, isNegated }) => (evaluateTest(test, context) === true) !== isNegated),
  );
}
