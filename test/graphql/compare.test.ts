import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Ask, askOver } from "./ask.js";
import { BROWSING_WORLD, NEXT_WORLD } from "./browsing-world.js";
import { ALICE, BOB, DEPLOY, EVERYTHING, KEEPER } from "./supposed-changes.js";

let ask: Ask;
beforeAll(async () => {
  ask = await askOver(BROWSING_WORLD, NEXT_WORLD);
});

const COMPARE = `query ($base: AccessScopeInput!, $head: AccessScopeInput!, $filterBy: PermissionFilters, $kinds: [ChangeKind!], $first: Int, $after: String) {
  compare(base: $base, head: $head, filterBy: $filterBy, kinds: $kinds, first: $first, after: $after) {
    totalCount
    pageInfo { endCursor }
    nodes { kind principal { name } action { name } resourcePattern before { verdict revision } after { verdict revision } }
    coverage { gaps { reason subject } }
  }
}`;

interface Row {
  readonly kind: string;
  readonly principal: { readonly name: string };
  readonly action: { readonly name: string };
  readonly resourcePattern: string;
  readonly before: { readonly verdict: string };
  readonly after: { readonly verdict: string };
}

interface Compared {
  readonly totalCount: number;
  readonly pageInfo: { readonly endCursor: string };
  readonly nodes: readonly Row[];
  readonly coverage: { readonly gaps: readonly { readonly reason: string; readonly subject: string }[] };
}

async function compare(variables: Readonly<Record<string, unknown>>): Promise<Compared> {
  const { data, errors } = await ask(COMPARE, { base: {}, first: 100, ...variables });
  expect(errors).toEqual([]);
  return (data as { compare: Compared }).compare;
}

const text = ({ kind, principal, action, resourcePattern, before, after }: Row) =>
  `${kind} ${principal.name} ${action.name} ${resourcePattern}: ${before.verdict} to ${after.verdict}`;

const what = (...changes: readonly object[]) => ({ at: { changes } });
const put = (document: object) => ({
  putPolicy: { name: "Keeper", accountId: "111", document: JSON.stringify({ Version: "1", Statement: document }) },
});
const allow = (action: string, resource: string, condition?: object) => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...(condition === undefined ? {} : { Condition: condition }),
});
const narrow = what(put([allow("queue:DropQueue", "acs:queue:*:*:queue/a*")]));

describe("compare", () => {
  test("finds no difference between a state and itself", async () => {
    expect(await compare({ head: {} })).toMatchObject({ totalCount: 0, nodes: [] });
    expect(await compare({ base: { at: { revision: "7" } }, head: { at: { revision: "7" } } })).toMatchObject({
      totalCount: 0,
    });
  });

  test("nor after attaching and detaching", async () => {
    const ends = { policy: EVERYTHING, principal: BOB };
    const head = what({ attachPolicy: ends }, { detachPolicy: ends });
    expect(await compare({ head })).toMatchObject({ totalCount: 0 });
  });

  test("names what is gained, for each action and pattern, with both decisions", async () => {
    const { nodes } = await compare({ head: what({ attachPolicy: { policy: EVERYTHING, principal: BOB } }) });
    expect(nodes.map(text)).toEqual([
      "GAINED bob queue:CreateQueue *: IMPLICIT_DENY to ALLOWED",
      "GAINED bob queue:DropQueue *: IMPLICIT_DENY to ALLOWED",
      "GAINED bob queue:QueueAccess *: IMPLICIT_DENY to ALLOWED",
      "GAINED bob store:Get1 *: IMPLICIT_DENY to ALLOWED",
      "GAINED bob store:Get22 *: IMPLICIT_DENY to ALLOWED",
    ]);
  });

  test.each<[string, object, string]>([
    ["more resources", put([allow("queue:DropQueue", "*")]), "WIDENED Deploy queue:DropQueue *: ALLOWED to ALLOWED"],
    [
      "fewer resources",
      put([
        allow("queue:DropQueue", "acs:queue:*:*:queue/a*"),
        { Effect: "Deny", Action: "*", Resource: "acs:queue:*:*:queue/ab*" },
      ]),
      "NARROWED Deploy queue:DropQueue acs:queue:*:*:queue/a*: ALLOWED to ALLOWED",
    ],
    [
      "a condition",
      put([allow("queue:DropQueue", "acs:queue:*:*:queue/a*", { StringEquals: { "queue:Color": "red" } })]),
      "NARROWED Deploy queue:DropQueue acs:queue:*:*:queue/a*: ALLOWED to CONDITIONAL",
    ],
    ["nothing at all", put([]), "LOST Deploy queue:DropQueue acs:queue:*:*:queue/a*: ALLOWED to IMPLICIT_DENY"],
  ])("tells %s", async (_name, change, row) => {
    const { nodes } = await compare({ base: narrow, head: what(change), filterBy: { services: ["QUEUE"] } });
    expect(nodes.filter(({ principal }) => principal.name === "Deploy").map(text)).toContain(row);
  });

  test("tells a weaker condition from a stronger one, and one from another", async () => {
    const under = (...colors: readonly string[]) =>
      what(put([allow("queue:DropQueue", "*", { StringEquals: { "queue:Color": colors } })]));
    const kinds = async (base: object, head: object) =>
      (await compare({ base, head, filterBy: { verdicts: ["CONDITIONAL"] } })).nodes
        .filter(({ principal }) => principal.name === "Deploy")
        .map(({ kind }) => kind);
    expect(await kinds(under("red"), under("red", "blue"))).toEqual(["WIDENED"]);
    expect(await kinds(under("red", "blue"), under("red"))).toEqual(["NARROWED"]);
    expect(await kinds(under("red"), under("blue"))).toEqual(["WIDENED", "NARROWED"]);
    expect(await kinds(under("red", "blue"), under("blue", "red"))).toEqual([]);
  });

  test("tells what a deleted role and a new one make of it", async () => {
    const gone = await compare({ head: what({ deleteRole: DEPLOY }), kinds: ["LOST"] });
    expect(new Set(gone.nodes.map(({ principal }) => principal.name))).toEqual(new Set(["Deploy"]));
    expect(gone.totalCount).toBeGreaterThan(0);
    const back = await compare({ base: what({ deleteRole: DEPLOY }), head: {}, kinds: ["GAINED"] });
    expect(back.totalCount).toBe(gone.totalCount);
  });

  test("holds two principals against each other", async () => {
    const { nodes } = await compare({
      base: { principal: BOB },
      head: { principal: ALICE },
      filterBy: { services: ["queue"] },
    });
    expect(nodes.map(text)).toContain("GAINED Alice queue:CreateQueue *: IMPLICIT_DENY to ALLOWED");
    expect(await compare({ base: { principal: ALICE }, head: { principal: ALICE } })).toMatchObject({ totalCount: 0 });
  });

  test("of one principal leaves others out", async () => {
    const head = { principal: DEPLOY, ...what({ deletePolicy: KEEPER }) };
    const { nodes } = await compare({ head });
    expect(new Set(nodes.map(({ principal }) => principal.name))).toEqual(new Set(["Deploy"]));
  });

  test("says what of the difference the catalog does not list", async () => {
    const { coverage } = await compare({ head: what(put([allow("other:*", "*")])) });
    expect(coverage.gaps).toContainEqual({ reason: "SERVICE_NOT_IN_CATALOG", subject: "other" });
  });

  test("pages with exact totals, in the two states of the first page", async () => {
    const variables = {
      base: { at: { revision: "7" } },
      head: what({ attachPolicy: { policy: EVERYTHING, principal: BOB } }),
    };
    const all = await compare(variables);
    const first = await compare({ ...variables, first: 2 });
    const second = await compare({ ...variables, first: 2, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes]).toEqual(all.nodes.slice(0, 4));
    expect(second.totalCount).toBe(all.totalCount);
    const { errors } = await ask(COMPARE, { ...variables, head: {}, after: first.pageInfo.endCursor });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "after" } }]);
  });

  test.each<[string, object, string]>([
    ["an unknown principal", { base: { principal: "acs:ram::111:user/none" }, head: {} }, "base.principal"],
    ["an unknown one of two", { base: { principal: BOB }, head: { principal: "x" } }, "head.principal"],
    ["a group as principal", { base: {}, head: { principal: "acs:ram::111:group/Operators" } }, "head.principal"],
    ["a wrong revision", { base: { at: { revision: "x" } }, head: {} }, "base.at.revision"],
    ["a change that cannot be made", { base: {}, head: what({ deleteRole: "x" }) }, "head.at.changes[0].deleteRole"],
    ["a page that is too long", { base: {}, head: {}, first: 101 }, "first"],
  ])("refuses %s", async (_name, variables, argument) => {
    const { errors } = await ask(COMPARE, { ...variables });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument } }]);
  });
});
