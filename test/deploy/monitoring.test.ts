import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse as parseYaml } from "yaml";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type RunningServer, startServer } from "../ramgraph-process.js";
import { parse, send } from "../server/send.js";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, "deploy", path), "utf8");

interface Target {
  readonly expr?: string;
  readonly root_selector: string;
  readonly columns: readonly { readonly selector: string }[];
  readonly url_options: { readonly body_graphql_query: string; readonly body_graphql_variables: string };
}
interface Dashboard {
  readonly panels: readonly { readonly id: number; readonly datasource: object; readonly targets: readonly Target[] }[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: unknown }[] };
}
interface Alerts {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

const dashboard = parse(read("grafana/dashboard.json")) as Dashboard;
const whoCan = parse(read("grafana/who-can.json")) as Dashboard;
const alerts = parseYaml(read("prometheus/alerts.yml")) as Alerts;
const rules = alerts.groups.flatMap((group) => group.rules);
const drawn = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr = "" }) => expr));

let database: TestDatabase;
let server: RunningServer;
/** Names and labels, as a server shows them. */
let metrics: ReadonlyMap<string, ReadonlySet<string>>;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ DATABASE_URL: database.url });
  const { body } = await send(server.origin, { method: "GET", path: "/metrics" });
  metrics = new Map(
    [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", type = ""]) => [name, labels(type)]),
  );
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

const labels = (type: string) => new Set(type === "histogram" ? ["_bucket", "_sum", "_count"] : [""]);
/** Words of the query language; what else stands outside of braces, brackets and strings is a metric. */
const WORDS = /^(sum|max|min|count|topk|rate|increase|histogram_quantile|by|le|for|up)$/;

function metricsIn(expr: string): readonly string[] {
  const bare = expr.replace(/\{[^}]*\}|\[[^\]]*\]|by \([^)]*\)/g, " ");
  return (bare.match(/[a-z_][a-z0-9_]*/g) ?? []).filter((word) => !WORDS.test(word));
}

function isShown(name: string): boolean {
  const [, base = "", ending = ""] = /^(.*?)(_bucket|_sum|_count)?$/.exec(name) ?? [];
  return metrics.get(base)?.has(ending) === true || metrics.get(name)?.has("") === true;
}

describe("the dashboard", () => {
  test.each(drawn)("draws what servers show: %s", (expr) => {
    const names = metricsIn(expr);
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !isShown(name))).toEqual([]);
  });

  test("takes its data source from a variable, and gives each panel a number of its own", () => {
    expect(dashboard.templating.list.map(({ name }) => name)).toContain("datasource");
    for (const { datasource } of dashboard.panels)
      expect(datasource).toMatchObject({ uid: expect.stringMatching(/^\$\{datasource\}$/) });
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  test("shows every metric of ours", () => {
    const own = [...metrics.keys()].filter((name) => !/^(process|nodejs)_/.test(name));
    const used = new Set([...drawn, ...rules.map(({ expr }) => expr)].flatMap(metricsIn));
    expect(own.filter((name) => ![...used].some((each) => each.startsWith(name)))).toEqual([]);
  });
});

describe("alerts", () => {
  test.each(rules.map(({ alert, expr }) => [alert, expr]))("%s watches what servers show", (_, expr) => {
    expect(metricsIn(expr).filter((name) => !isShown(name))).toEqual([]);
  });

  test("say what happened and what to do", () => {
    for (const rule of rules) {
      expect(rule).toMatchObject({ annotations: { summary: expect.any(String), description: expect.any(String) } });
    }
  });
});

test("the panel that asks ramgraph itself finds its rows and columns in the answer", async () => {
  const [target] = whoCan.panels.flatMap(({ targets }) => targets);
  const values = new Map(whoCan.templating.list.map(({ name, query }) => [name, String(query)]));
  const variables = target?.url_options.body_graphql_variables.replace(
    /\$\{(\w+)\}/g,
    (_, name) => values.get(name) ?? "",
  );
  const body = JSON.stringify({
    query: target?.url_options.body_graphql_query,
    variables: parse(variables ?? ""),
    operationName: null,
  });
  const answer = await send(server.origin, { headers: { "content-type": "application/json" }, body });
  expect(answer.status).toBe(200);
  const rows = at(parse(answer.body), target?.root_selector ?? "") as readonly unknown[];
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    for (const { selector } of target?.columns ?? []) expect(at(row, selector)).toEqual(expect.any(String));
  }
});

function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((each, key) => new Map(Object.entries(each ?? {})).get(key), value);
}
