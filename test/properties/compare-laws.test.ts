import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { updateSnapshot } from "../../src/grants/update-snapshot.js";
import { coversResource, readRequestArn } from "../../src/policy/arn.js";
import { can } from "../../src/questions/can/can.js";
import type { AccessChange, ChangeKind, Pair } from "../../src/questions/compare/access-change.js";
import { alikeOnRoles } from "../../src/questions/compare/alike-on-roles.js";
import { changesOf } from "../../src/questions/compare/changes-of.js";
import { decideOn } from "../../src/questions/compare/judge-cells.js";
import { pairOfTwo, pairsToCompare } from "../../src/questions/compare/pairs-to-compare.js";
import { anyWorld, inOrder, randomHistory } from "../grants/random-change.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { inventoryOf, type World } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { connectedWorld } from "./connected-world.js";
import { LAYERED_ACTIONS, LAYERED_ARNS } from "./layered-world.js";

/** One principal in two states, held against itself in everything; undefined where neither has it. */
function pairOf(base: Snapshot, head: Snapshot, key: string): Pair | undefined {
  const [before, after] = [base.principalByKey.get(key), head.principalByKey.get(key)];
  const known = after ?? before;
  return known && pairOfTwo(base, head, before ?? known, after ?? known);
}

/** Two states that differ in any facts, each compiled by itself. */
const states = fc
  .oneof(fc.tuple(anyWorld, anyWorld), fc.tuple(connectedWorld, connectedWorld))
  .map(([base, head]): readonly [Snapshot, Snapshot] => [stateOf(base), stateOf(head)]);

function stateOf(world: World): Snapshot {
  return compileSnapshot(inOrder(inventoryOf(world, LAYERED_ACTIONS)));
}

const MIRRORED: Readonly<Record<ChangeKind, ChangeKind>> = {
  GAINED: "LOST",
  LOST: "GAINED",
  WIDENED: "NARROWED",
  NARROWED: "WIDENED",
};

function rowsOf(pairs: readonly Pair[]): readonly AccessChange[] {
  return pairs.flatMap((pair) =>
    [...pair.head.snapshot.catalog.actions.values()].flatMap((action) => finish(changesOf(pair, action)).rows),
  );
}

function wordsOf(rows: readonly AccessChange[], kindOf = (kind: ChangeKind): ChangeKind => kind): readonly string[] {
  return rows
    .map(({ kind, pair, action, pattern }) =>
      [kindOf(kind), pair.head.principal.key, action.name, pattern.text].join(" "),
    )
    .toSorted();
}

const isPlainNo = (verdict: string) => verdict.endsWith("_DENY");

test("a state differs in nothing from itself, however it was come by", () => {
  fc.assert(
    fc.property(randomHistory, ({ inventories, changes }) => {
      const rebuilt = compileSnapshot(inventories.at(-1) ?? inventories[0]);
      const updated = changes.reduce(updateSnapshot, compileSnapshot(inventories[0]));
      expect(finish(pairsToCompare(rebuilt, rebuilt))).toEqual([]);
      expect(wordsOf(rowsOf(finish(pairsToCompare(rebuilt, updated))))).toEqual([]);
    }),
    runs(8),
  );
});

test("exchanging the two states exchanges gained and lost, widened and narrowed", () => {
  fc.assert(
    fc.property(states, ([base, head]) => {
      const there = rowsOf(finish(pairsToCompare(base, head)));
      const back = rowsOf(finish(pairsToCompare(head, base)));
      expect(wordsOf(there)).toEqual(wordsOf(back, (kind) => MIRRORED[kind]));
    }),
    runs(8),
  );
});

test("who is not looked at has nothing that differs", () => {
  fc.assert(
    fc.property(states, ([base, head]) => {
      const keys = new Set([...base.principalByKey.keys(), ...head.principalByKey.keys()]);
      const everybody = [...keys].flatMap((key) => pairOf(base, head, key) ?? []);
      expect(wordsOf(rowsOf(finish(pairsToCompare(base, head))))).toEqual(wordsOf(rowsOf(everybody)));
    }),
    runs(8),
  );
});

test("pairs that are alike differ in the same on assuming roles", () => {
  let shared = 0;
  const trust = (Principal: object) => [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }];
  const everybody = trust({ RAM: ["acs:ram::111:root", "acs:ram::222:root"] });
  fc.assert(
    fc.property(connectedWorld, fc.constantFrom("alice", "bob"), (world, like) => {
      const users = { ...world.users, carol: world.users?.[like] ?? [] };
      const [base, head] = [everybody, trust({ Service: "ecs.aliyuncs.com" })].map((last) =>
        stateOf({ ...world, users, trusts: { ...world.trusts, last } }),
      );
      if (base === undefined || head === undefined) throw new Error("two states were made");
      const pairs = finish(pairsToCompare(base, head));
      const alike = finish(alikeOnRoles(pairs));
      const known = new Map<string, readonly string[]>();
      for (const pair of pairs) {
        const rows = wordsOf(rowsOf([pair])).map((words) => words.replace(pair.head.principal.key, ""));
        const name = alike(pair) ?? pair.head.principal.key;
        expect(rows).toEqual(known.get(name) ?? rows);
        if (known.has(name) && rows.length > 0) shared += 1;
        known.set(name, rows);
      }
    }),
    runs(40),
  );
  expect(shared).toBeGreaterThan(0);
});

test("the two decisions of a row bear its kind out", () => {
  fc.assert(
    fc.property(states, ([base, head]) => {
      for (const { kind, pair, action, pattern } of rowsOf(finish(pairsToCompare(base, head)))) {
        const before = decideOn(pair.base, action.name, pattern).verdict;
        const after = decideOn(pair.head, action.name, pattern).verdict;
        const expected = {
          GAINED: [true, false],
          LOST: [false, true],
          WIDENED: [false, false],
          NARROWED: [false, false],
        };
        expect([kind, pattern.text, isPlainNo(before), isPlainNo(after)]).toEqual([
          kind,
          pattern.text,
          ...expected[kind],
        ]);
      }
    }),
    runs(8),
  );
});

test("a resource on which the verdict differs is covered by a row", () => {
  fc.assert(
    fc.property(states, fc.constantFrom(...LAYERED_ARNS), ([base, head], arn) => {
      const rows = rowsOf(finish(pairsToCompare(base, head)));
      const resource = readRequestArn(arn);
      const covering = rows.filter(({ pattern }) => resource !== undefined && coversResource(pattern, resource));
      const covered = new Set(covering.map(({ pair, action }) => `${pair.head.principal.key} ${action.name}`));
      const missed = head.principals
        .filter(({ key }) => base.principalByKey.has(key))
        .flatMap((principal) =>
          LAYERED_ACTIONS.filter((action) => {
            const [before, after] = [base, head].map((state) => {
              const question = valueIn(questionOf(state, { action, resource: arn, whoCan: {} }));
              return valueIn(can(state, principal, question, "")).verdict;
            });
            const isSame = before === after || (isPlainNo(before ?? "") && isPlainNo(after ?? ""));
            return !isSame && !covered.has(`${principal.key} ${action}`) && isKnownRole(action, arn, base, head);
          }).map((action) => `${principal.key} ${action} ${arn}`),
        );
      expect(missed).toEqual([]);
    }),
    runs(8),
  );
});

/** A role that only one state has is nothing that the other lets anybody assume; asked about by its name, it is unknown. */
function isKnownRole(action: string, arn: string, ...known: readonly Snapshot[]): boolean {
  if (action !== "sts:AssumeRole") return true;
  return known.every(({ principals }) => principals.some((each) => each.arn === arn.replace(":*:", "::")));
}

test("each of the resources that one statement lists has a row of its own", () => {
  const holding = (...resources: readonly string[]) =>
    compileSnapshot(
      inOrder(
        inventoryOf(
          {
            policies: {
              P: [{ Effect: "Allow", Action: "ecs:Stop", Resource: resources.map((id) => `acs:ecs:*:*:${id}`) }],
            },
            users: { alice: ["P"] },
          },
          ["ecs:Stop"],
        ),
      ),
    );
  const rows = rowsOf(finish(pairsToCompare(holding("i-1", "i-2"), holding("i-3"))));
  expect(rows.map(({ kind, pattern }) => `${kind} ${pattern.text}`)).toEqual([
    "LOST acs:ecs:*:*:i-1",
    "LOST acs:ecs:*:*:i-2",
    "GAINED acs:ecs:*:*:i-3",
  ]);
});

test("whoever a role trusts by an id is others with the ids that are known", () => {
  const hop = [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }];
  const trust = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { RAM: ["1001"] } }];
  const world: World = { policies: { Hop: hop }, users: { bob: ["Hop"] }, roles: { ops: [] }, trusts: { ops: trust } };
  const taken = stateOf({ ...world, users: { ...world.users, alice: [] }, ids: { alice: "1001" } });
  const rows = rowsOf(finish(pairsToCompare(taken, stateOf(world))));
  expect(wordsOf(rows)).toEqual(["GAINED user:111:bob sts:AssumeRole acs:ram:*:111:role/ops"]);
});

test("a bucket is asked about in the account that has it", () => {
  const world: World = {
    policies: { Get: [{ Effect: "Allow", Action: "oss:Get", Resource: "acs:oss:*:*:b/*" }] },
    users: { "222/eve": ["Get"] },
    accounts: ["111"],
  };
  const owned = stateOf({ ...world, buckets: { b: [] } });
  expect(wordsOf(rowsOf(finish(pairsToCompare(owned, stateOf({ ...world, users: { "222/eve": [] } })))))).toEqual([]);
  expect(wordsOf(rowsOf(finish(pairsToCompare(owned, stateOf(world)))))).toEqual([
    "GAINED user:222:eve oss:Get acs:oss:*:*:b/*",
  ]);
});
