import { expect, test } from "@jest/globals";
import { RamIds } from "../../src/grants/ram-ids.js";
import type { User } from "../../src/inventory/principal.js";

const user = (name: string, userId?: string): User => ({
  accountId: "111",
  name,
  ...(userId === undefined ? {} : { userId }),
});
const idsOf = (...users: readonly User[]) => [...RamIds.of(users, [{ accountId: "222", name: "r", roleId: "5" }], 1)];
const taken = (...users: readonly User[]): RamIds => {
  const reading = RamIds.of(users, [{ accountId: "222", name: "r", roleId: "5" }], 1);
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
  }
};
const none = { users: [], roles: [] };

test.each<readonly [string, RamIds, readonly boolean[]]>([
  ["that somebody has is taken", taken(user("a", "1")), [true, false]],
  [
    "that nobody has any more is free",
    taken(user("a", "1")).changed({ ...none, users: [user("a", "1")] }, none),
    [false, false],
  ],
  [
    "that two have is taken while one of them is left",
    taken(user("a", "1"), user("b", "1")).changed({ ...none, users: [user("b", "1")] }, none),
    [true, false],
  ],
  [
    "that went with one and came with another is taken",
    taken(user("a", "1")).changed(
      { ...none, users: [user("a", "1")] },
      { ...none, users: [user("b", "1"), user("c", "2")] },
    ),
    [true, true],
  ],
  [
    "that came later can go as well",
    taken()
      .changed(none, { ...none, users: [user("a", "1"), user("c", "2")] })
      .changed({ ...none, users: [user("a", "1")] }, none),
    [false, true],
  ],
])("an id %s", (_, ids, expected) => {
  expect(["1", "2"].map((id) => ids.has(id))).toEqual(expected);
  expect(ids.has("5")).toBe(true);
});

test("others get their turn while ids are gathered", () => {
  expect(idsOf(user("a", "1"), user("b"), user("c", "2"))).toHaveLength(3);
});
