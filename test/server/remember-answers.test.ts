import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { Registry } from "prom-client";
import type { App } from "../../src/app/build-app.js";
import { readConfig } from "../../src/app/config.js";
import { ANYBODY } from "../../src/app/create-context.js";
import { silentLog } from "../../src/app/log.js";
import { readExamples } from "../../src/app/read-examples.js";
import type { Viewer } from "../../src/graphql/request-context.js";
import { createGraphql, type Graphql } from "../../src/server/create-graphql.js";
import { measureDecisions } from "../../src/server/metrics/measure-decisions.js";
import { recordOperation } from "../../src/server/operation-context.js";
import { type OperationRecord, startRecord } from "../../src/server/operation-record.js";
import { type DemoApp, openDemoApp } from "./demo-app.js";

const EXAMPLES = await readExamples(join(import.meta.dirname, "../../schema/operations"));
const [KESTREL, MERLIN] = ["1200000000000012", "1300000000000013"];
let demo: DemoApp;
let app: App;
/** One remembers, one does not and takes the plain way. */
let ours: Graphql;
let plain: Graphql;

beforeAll(async () => {
  demo = await openDemoApp();
  app = demo.app;
  measureDecisions(new Registry(), app.schema);
  [ours, plain] = await Promise.all([open("16"), open("0")]);
});

afterAll(async () => {
  await Promise.all([ours.stop(), plain.stop()]);
  await demo.close();
});

async function open(mebibytes: string): Promise<Graphql> {
  const config = readConfig({ RAMGRAPH_ANSWER_MEMORY: mebibytes });
  const graphql = createGraphql(app.schema, config, silentLog, mebibytes !== "0");
  await graphql.start();
  return graphql;
}

interface Asked {
  readonly query: string;
  readonly variables?: object;
  readonly operationName?: string;
}

interface Answered {
  readonly text: string;
  readonly record: OperationRecord;
  /** False where it was given again. */
  readonly isWorkedOut: boolean;
}

async function ask(
  graphql: Graphql,
  body: Asked,
  { viewer = ANYBODY, live = app.live }: { viewer?: Viewer; live?: Pick<App["live"], "newest"> } = {},
): Promise<Answered> {
  const [record, inner] = [startRecord("r"), app.createContext(viewer)];
  let isWorkedOut = false;
  const snapshotAt: typeof inner.snapshotAt = async (at) => {
    isWorkedOut = true;
    return await inner.snapshotAt(at);
  };
  const context = recordOperation(
    { viewer, history: inner.history, trouble: inner.trouble, snapshotAt },
    record,
    () => undefined,
    live,
  );
  const headers = { "content-type": "application/json" };
  const { status, text } = await graphql.answer({ method: "POST", headers, search: "", body }, context);
  return { text: `${status} ${text}`, record, isWorkedOut };
}

const factsOf = ({ text, record: { cost, revisions, verdicts, codes } }: Answered) => ({
  text,
  cost,
  revisions: [...revisions],
  verdicts: [...verdicts],
  codes,
});

const pastState = () => app.createContext().history.state();

/** Until the server has seen that the past is another one. */
async function change(...statements: readonly string[]): Promise<void> {
  const before = pastState();
  const client = new pg.Client(demo.databaseUrl);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
  while (pastState() === before) await sleep(5);
}

const whenSeen = async () => {
  while (pastState() === undefined) await sleep(5);
};

const ROLES = "query($n:Int){roles(first:$n){totalCount nodes{id name}}}";
const WHO = {
  query: `{whoCan(actions:{name:"ecs:DeleteInstance"},resource:{unscoped:true}){
    totalCount nodes{... on User{name account{accountId}} ... on Role{name}} edges{decision{verdict sentence}}}}`,
};

describe("an answer that is given again", () => {
  test.each(EXAMPLES.map((example) => [example.name, example] as const))(
    "is the one that was worked out, and counts as much: %s",
    async (_, { query, variables }) => {
      const expected = factsOf(await ask(plain, { query, variables }));
      for (let time = 0; time < 2; time++) expect(factsOf(await ask(ours, { query, variables }))).toEqual(expected);
    },
  );

  test("is given for most examples", async () => {
    const again = await Promise.all(EXAMPLES.map(({ query, variables }) => ask(ours, { query, variables })));
    expect(again.filter(({ isWorkedOut }) => !isWorkedOut).length).toBeGreaterThan(EXAMPLES.length * 0.7);
  });

  const see = (...accountIds: string[]): Viewer => ({ ...ANYBODY, name: "x", seesAllAccounts: false, accountIds });

  test("is nobody else's", async () => {
    const viewers = [ANYBODY, see(KESTREL), see(MERLIN), see(KESTREL, MERLIN), see(), { ...see(), mayExplore: false }];
    const fresh = await open("16");
    for (let round = 0; round < 2; round++) {
      for (const viewer of viewers) {
        const [own, expected] = [await ask(fresh, WHO, { viewer }), await ask(plain, WHO, { viewer })];
        expect(factsOf(own)).toEqual(factsOf(expected));
        expect(own.text).toMatch(/^200 \{"data":\{"who/);
        expect(own.isWorkedOut).toBe(round === 0);
      }
    }
    await fresh.stop();
  });

  test.each<[string, Asked, Asked]>([
    ["other values", { query: ROLES, variables: { n: 11 } }, { query: ROLES, variables: { n: 12 } }],
    ["a value of another kind", { query: ROLES, variables: { n: 11 } }, { query: ROLES, variables: { n: "11" } }],
    ["null in place of nothing", { query: ROLES, variables: {} }, { query: ROLES, variables: { n: null } }],
    [
      "a number too large for JSON, such as 1e999, in place of null",
      { query: "query($t:ID){escalations(to:$t){totalCount}}", variables: { t: null } },
      { query: "query($t:ID){escalations(to:$t){totalCount}}", variables: { t: Number.POSITIVE_INFINITY } },
    ],
    ["another document", { query: ROLES }, { query: ROLES.replace("id name", "name id") }],
    [
      "another operation of one document",
      { query: "query A{roles(first:11){nodes{name}}} query B{roles(first:12){nodes{name}}}", operationName: "A" },
      { query: "query A{roles(first:11){nodes{name}}} query B{roles(first:12){nodes{name}}}", operationName: "B" },
    ],
  ])("is not given for %s", async (_, first, second) => {
    const [fresh, texts] = [await open("16"), [(await ask(plain, first)).text, (await ask(plain, second)).text]];
    for (let round = 0; round < 2; round++) {
      expect([(await ask(fresh, first)).text, (await ask(fresh, second)).text]).toEqual(texts);
    }
    await fresh.stop();
  });

  test("is not given once there is another state", async () => {
    const [fresh, query] = [await open("16"), { query: ROLES, variables: { n: 11 } }];
    const later = { newest: { ...app.live.newest } };
    expect((await ask(fresh, query)).isWorkedOut).toBe(true);
    expect((await ask(fresh, query)).isWorkedOut).toBe(false);
    expect((await ask(fresh, query, { live: later })).isWorkedOut).toBe(true);
    expect((await ask(fresh, query)).isWorkedOut).toBe(false);
    await fresh.stop();
  });

  test("is not kept when the state changed while it was worked out", async () => {
    const [fresh, query] = [await open("16"), { query: ROLES, variables: { n: 11 } }];
    let reads = 0;
    const first = app.live.newest;
    const moving = {
      get newest() {
        return reads++ === 0 ? first : { ...first };
      },
    };
    expect((await ask(fresh, query, { live: moving })).isWorkedOut).toBe(true);
    expect((await ask(fresh, query)).isWorkedOut).toBe(true);
    await fresh.stop();
  });

  test.each<[string, Asked]>([
    ["the clock", { query: ROLES.replace("first:$n", 'first:$n,at:{asOf:"2100-01-01T00:00:00Z"}') }],
    ["how the server fares", { query: "{snapshot{trouble} roles(first:20){nodes{name}}}" }],
    ["what is wrong", { query: "{roles(first:20){nodes{name}} policies(first:-1){totalCount}}" }],
    ["what is quick", { query: "{snapshot{revision}}" }],
  ])("is not kept of what hangs on %s", async (_, asked) => {
    expect((await ask(ours, asked)).isWorkedOut).toBe(true);
    expect((await ask(ours, asked)).isWorkedOut).toBe(true);
  });

  test("is of the past only while that is what it was", async () => {
    const older = { query: ROLES.replace("first:$n", 'first:$n,at:{revision:"2"}') };
    const imports = { query: "{snapshots(first:20){nodes{revision importRun{number} sources{totalCount}}}}" };
    const fresh = await open("16");
    await whenSeen();
    const isGiven = async (asked: Asked) => {
      const [own, expected] = [await ask(fresh, asked), await ask(plain, asked)];
      expect({ ...factsOf(own), isTimeless: own.record.isTimeless }).toEqual({
        ...factsOf(expected),
        isTimeless: expected.record.isTimeless,
      });
      return !own.isWorkedOut;
    };
    const given = async () => [await isGiven(older), await isGiven(imports)];
    expect([await given(), await given()]).toEqual([
      [false, false],
      [true, true],
    ]);
    await change("UPDATE history_floor SET erasures = erasures + 1");
    expect([await given(), await given()]).toEqual([
      [false, false],
      [true, true],
    ]);
    // A server that does not see the database cannot know.
    await change(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'ramgraph watch' AND datname = current_database()`,
    );
    expect([pastState(), await isGiven(older)]).toEqual([undefined, false]);
    await whenSeen();
    expect(await given()).toEqual([true, true]);
    // What is pruned is refused, and what is refused is not kept; the list is a shorter one.
    await change("DELETE FROM revision_log WHERE revision < 3", "UPDATE history_floor SET oldest_revision = 3");
    expect([await given(), await given()]).toEqual([
      [false, false],
      [false, true],
    ]);
    await fresh.stop();
  });

  test("is not kept where nothing is to be remembered, nor when it is too large", async () => {
    const small = await open("1");
    const large = {
      query: "{policies(first:100){nodes{name defaultVersion{a:document b:document c:document d:document}}}}",
    };
    for (let time = 0; time < 2; time++) {
      expect((await ask(plain, WHO)).isWorkedOut).toBe(true);
      const { text, isWorkedOut } = await ask(small, large);
      expect({ isData: text.startsWith('200 {"data":{"p'), isWorkedOut }).toEqual({ isData: true, isWorkedOut: true });
      expect(text.length).toBeGreaterThan(2 ** 15);
    }
    await small.stop();
  });
});
