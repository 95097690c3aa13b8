import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { compareArns } from "../../src/grants/compiled-principal.js";
import { ofBoth } from "../../src/questions/compare/of-both.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";

const NAMES = ["a", "b", "c", "d", "222/a", "222/b"];
const people = fc.record({ users: fc.subarray(NAMES), roles: fc.subarray(NAMES) });

const principalsOf = ({ users, roles }: { readonly users: readonly string[]; readonly roles: readonly string[] }) => {
  const holding = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, []]));
  return buildWorld({ policies: {}, users: holding(users), roles: holding(roles) }, []).principals;
};

test("of-both-in-order: everybody of two states comes once, in the order of ARNs, as the second state has them", () => {
  fc.assert(
    fc.property(people, people, (before, after) => {
      const [base, head] = [principalsOf(before), principalsOf(after)];
      const both = [...ofBoth(base, head)];
      const byKey = new Map([...base, ...head].map((each) => [each.key, each]));
      expect(both.map(({ arn }) => arn)).toEqual([...byKey.values()].toSorted(compareArns).map(({ arn }) => arn));
      for (const each of both) expect(byKey.get(each.key)).toBe(each);
      expect([...ofBoth(base, base)]).toEqual(base);
    }),
    runs(60),
  );
});
