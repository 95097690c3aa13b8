import { expect, test } from "@jest/globals";
import type { RequestContext } from "../../src/graphql/request-context.js";
import { workInTurn } from "../../src/graphql/take-turn.js";
import { askOver } from "./ask.js";
import { BROWSING_WORLD } from "./browsing-world.js";

const QUESTIONS = 25;
const many = (field: (i: number) => string) => Array.from({ length: QUESTIONS }, (_, i) => field(i)).join(" ");
const request = '{ principal: "acs:ram::111:user/nobody", actions: { name: "a:B" }, resource: { unscoped: true } }';

test.each([
  ["many fields", `{ ${many((i) => `q${i}: can(request: ${request}) { verdict }`)} }`],
  [
    "many lists of permissions",
    `{ roles(first: 1) { nodes { ${many((i) => `q${i}: permissions { totalCount }`)} } } }`,
  ],
  ["many summaries", `{ roles(first: 1) { nodes { ${many((i) => `q${i}: permissionSummary { allowed }`)} } } }`],
  ["many lists of assumers", `{ roles(first: 1) { nodes { ${many((i) => `q${i}: assumableBy { totalCount }`)} } } }`],
  ["many lists of roles", `{ roles(first: 1) { nodes { ${many((i) => `q${i}: assumableRoles { totalCount }`)} } } }`],
])("%s let others in between", async (_, query) => {
  const ask = await askOver(BROWSING_WORLD);
  let rounds = 0;
  let isAnswered = false;
  const count = () => {
    rounds++;
    if (!isAnswered) setImmediate(count);
  };
  setImmediate(count);
  const { errors } = await ask(query);
  isAnswered = true;
  expect(errors).toEqual([]);
  expect(rounds).toBeGreaterThanOrEqual(QUESTIONS - 1);
});

/** Keeps the machine busy. */
function spend(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

test("small things of one operation share a turn, and others get in when it is over", async () => {
  const context = askedBy("one");
  let rounds = 0;
  let isDone = false;
  const count = () => {
    rounds++;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const order: number[] = [];
  const works = Array.from({ length: 40 }, (_, at) =>
    Promise.resolve(
      workInTurn(context, () => {
        spend(2);
        order.push(at);
      }),
    ),
  );
  await Promise.all(works);
  isDone = true;
  expect(order).toEqual([...order.keys()]);
  // Eighty milliseconds of work, of which no more than about ten are done at once.
  expect(rounds).toBeGreaterThanOrEqual(5);
});

test("whoever gets a turn keeps it, also where something else takes its time first", async () => {
  const context = askedBy("one");
  const order: number[] = [];
  const works = Array.from({ length: 8 }, (_, at) =>
    Promise.resolve(
      workInTurn(context, () => {
        void Promise.resolve().then(() => spend(12));
        order.push(at);
      }),
    ),
  );
  await Promise.all(works);
  expect(order).toEqual([...order.keys()]);
});

test("two operations have their turns one after the other, and each comes to its end", async () => {
  const ended: string[] = [];
  const works = ["one", "other"].map(async (name) => {
    const context = askedBy(name);
    await Promise.all(Array.from({ length: 20 }, async () => await workInTurn(context, () => spend(2))));
    ended.push(name);
  });
  await Promise.all(works);
  expect(ended.toSorted()).toEqual(["one", "other"]);
});

test("nothing is worked out when the operation's time is over", async () => {
  const late = {
    ...askedBy("late"),
    checkTime: () => {
      throw new Error("too late");
    },
  };
  const work = async () => await workInTurn(late, () => "made");
  await expect(work()).rejects.toThrow("too late");
});

function askedBy(name: string): RequestContext {
  const none = async () => await Promise.reject(new Error("nothing is asked"));
  return {
    viewer: { name, seesAllAccounts: true, mayExplore: true },
    history: { state: () => undefined, revisions: none, importRun: none, sources: none },
    snapshotAt: none,
  };
}
