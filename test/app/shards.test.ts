import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { askApp } from "../../src/app/ask.js";
import { type App, buildApp } from "../../src/app/build-app.js";
import { silentLog } from "../../src/app/log.js";
import { importDemo } from "../../src/app/run-demo.js";
import { closeDatabase, openDatabase } from "../../src/store/database.js";
import { createTestDatabase, type TestDatabase } from "../database.js";

/** The first manages the directory of all, and control policies hang there: every server loads it. */
const [HEAD, SHOP, LAB, AUDIT] = ["1100000000000011", "1200000000000012", "1300000000000013", "1400000000000014"];
const SHARDS = [
  [HEAD, SHOP],
  [HEAD, LAB, AUDIT],
] as const;

let place: TestDatabase;
let whole: App;
let shards: readonly App[];

beforeAll(async () => {
  place = await createTestDatabase();
  const settings = { databaseUrl: place.url, dataDir: "" };
  whole = await buildApp(settings, silentLog);
  const db = await openDatabase(place.url);
  const results = await importDemo(db, { allowShrink: false, onProgress: () => undefined });
  await closeDatabase(db);
  const open = (ids: readonly string[]) => buildApp({ ...settings, accountIds: new Set(ids) }, silentLog);
  shards = await Promise.all(SHARDS.map(open));
  await ask(whole, `{ snapshot(at: { minRevision: "${results.length + 1}" }) { revision } }`);
});

afterAll(async () => {
  await Promise.all([whole, ...shards].map((app) => app.close()));
  await place.drop();
});

async function ask(app: App, query: string, variables: object = {}): Promise<Record<string, unknown>> {
  const { data, errors = [] } = await askApp(app, { query, variables: { ...variables } });
  expect(errors).toEqual([]);
  return data as Record<string, unknown>;
}

interface Row {
  readonly node: { readonly arn: string };
  readonly decision: { readonly verdict: string };
}

interface Gap {
  readonly subject: string;
  readonly detail: string;
}

interface Access {
  readonly totalCount: number;
  readonly edges: readonly Row[];
  readonly coverage: { readonly gaps: readonly Gap[] };
}

async function whoCan(app: App, action: string, resource: object): Promise<Access> {
  const query = `query ($action: ActionInput!, $resource: ResourceInput!) {
    whoCan(actions: $action, resource: $resource, types: [USER, ROLE, SERVICE_LINKED_ROLE], first: 100) {
      totalCount
      edges { node { ... on User { arn } ... on Role { arn } } decision { verdict } }
      coverage { gaps { subject detail } }
    } }`;
  const { whoCan: found } = await ask(app, query, { action: { name: action }, resource });
  return found as Access;
}

const pairs = ({ edges }: Access) => edges.map(({ node, decision }) => `${node.arn} ${decision.verdict}`);

const ANY = { anyOf: { pattern: "*" } };

const QUESTIONS = [
  ["ecs:DeleteInstance", ANY],
  ["ram:CreateUser", ANY],
  ["oss:GetObject", ANY],
  ["ecs:DescribeInstances", ANY],
] as const;

describe("servers that load some accounts each", () => {
  test.each(QUESTIONS)("find together who can %s on %j", async (action, resource) => {
    const all = await whoCan(whole, action, resource);
    expect(all.totalCount).toBeGreaterThan(0);
    const parts = await Promise.all(shards.map((app) => whoCan(app, action, resource)));
    expect([...new Set(parts.flatMap(pairs))].sort()).toEqual(pairs(all).sort());
  });

  test("leave open what a role of an account that they lack trusts, instead of guessing", async () => {
    const role = { arn: `acs:ram::${SHOP}:role/operator` };
    const truth = new Set(pairs(await whoCan(whole, "sts:AssumeRole", role)));
    const [withShop = [], without = []] = await Promise.all(
      shards.map(async (app) => pairs(await whoCan(app, "sts:AssumeRole", role))),
    );
    expect(withShop.filter((pair) => !truth.has(pair))).toEqual([]);
    expect(without.length).toBeGreaterThan(0);
    expect(without.filter((pair) => !pair.endsWith(" UNDETERMINED"))).toEqual([]);
  });

  test("say of a principal of theirs what the one that loads all says", async () => {
    const { edges } = await whoCan(whole, "ecs:DescribeInstances", ANY);
    const query = `query ($request: AccessRequestInput!) { can(request: $request) { verdict } }`;
    for (const { node } of edges) {
      const request = { principal: node.arn, actions: { name: "ecs:StopInstance" }, resource: ANY };
      const at = SHARDS.findIndex((ids) => ids.some((id) => node.arn.includes(id)));
      const app = shards[at];
      if (app === undefined) throw new Error(`no server loads ${node.arn}`);
      expect(await ask(app, query, { request })).toEqual(await ask(whole, query, { request }));
    }
    expect(edges.length).toBeGreaterThan(3);
  });

  test("name the accounts that they lack as gaps, of whole lists and not of one principal's decision", async () => {
    const [first] = shards;
    if (first === undefined) throw new Error("there are two");
    const found = await ask(
      first,
      "{ accounts { nodes { accountId } } snapshot { coverage { gaps { subject detail } } } }",
    );
    const { coverage } = found.snapshot as Pick<Access, "coverage">;
    expect(JSON.stringify(found.accounts)).toContain(SHOP);
    expect(JSON.stringify(found.accounts)).not.toContain(AUDIT);
    const missing = coverage.gaps.filter(({ detail }) => detail.includes("not loaded by this server"));
    expect(missing.map(({ subject }) => subject)).toEqual([LAB, AUDIT]);
    const list = await whoCan(first, "ecs:DeleteInstance", ANY);
    expect(list.coverage.gaps.map(({ subject }) => subject)).toEqual(expect.arrayContaining([LAB, AUDIT]));
    const one = `{ can(request: { principal: "acs:ram::${SHOP}:role/operator", actions: { name: "ecs:StopInstance" },
      resource: { anyOf: { pattern: "*" } } }) { warnings { code message } } }`;
    expect(JSON.stringify(await ask(first, one))).not.toContain("not loaded by this server");
  });

  test("show a viewer no more than both allow", async () => {
    const [first] = shards;
    const viewer = { name: "x", seesAllAccounts: false, accountIds: [SHOP ?? "", LAB ?? ""], mayExplore: false };
    const seen = await first?.createContext(viewer).snapshotAt();
    expect([...(seen?.accounts.keys() ?? [])]).toEqual([SHOP]);
    expect(seen?.inventory.gaps.filter(({ detail }) => detail.includes("not loaded"))).toMatchObject([
      { subject: LAB },
    ]);
  });
});
