import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type ActionPattern, coversAction, readActionPattern } from "../../src/policy/action-pattern.js";
import { representativeActions } from "../../src/policy/patterns/action-set.js";
import { runs } from "../worlds/runs.js";

const name = fc.array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 3 }).map((chars) => chars.join(""));
const action = fc.tuple(fc.constantFrom("s", "t"), name).map((parts) => readActionPattern(parts.join(":")));
const pattern = fc
  .tuple(fc.constantFrom("s", "t", "*", "?"), fc.constantFrom("a", "b", "*", "a*", "?b", "*b", "a?a"))
  .map((parts) => readActionPattern(parts.join(":")));
const lists = fc.array(fc.array(pattern, { minLength: 1, maxLength: 3 }), { maxLength: 4 });

const cellOf = (dividing: readonly (readonly ActionPattern[])[], one: string) =>
  dividing.map((list) => list.some((each) => coversAction(each, one))).join();

describe("single actions", () => {
  test("are stood for by those that dividing them as patterns finds", () => {
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 6 }),
        fc.array(pattern, { maxLength: 2 }),
        lists,
        (within, except, all) => {
          const { actions, isExact } = representativeActions({ within, except }, { lists: all, tests: [] });
          const left = within
            .map(({ folded }) => folded)
            .filter((one) => !except.some((each) => coversAction(each, one)));
          expect(actions.every((one) => left.includes(one))).toBe(true);
          expect(new Set(actions.map((one) => cellOf(all, one))).size).toBe(actions.length);
          // With a pattern that covers nothing that is left, all of it is divided as patterns are.
          const divided = representativeActions(
            { within: [...within, readActionPattern("*:*:*")], except },
            { lists: all, tests: [] },
          );
          expect([actions.map((one) => cellOf(all, one)).sort(), isExact]).toEqual([
            divided.actions.map((one) => cellOf(all, one)).sort(),
            divided.isExact,
          ]);
        },
      ),
      runs(200),
    );
  });
});
