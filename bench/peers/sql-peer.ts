import pg from "pg";
import { groupBy } from "../../src/grants/group-by.js";
import { reachesOf } from "../../src/grants/reaches-of.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import type { Statement } from "../../src/policy/document.js";
import { mayCoverAction } from "../../src/policy/match-statement.js";
import type { BenchQuestion } from "../questions.js";
import { ACTIONS_PER_SERVICE, actionAt, SERVICES } from "../vocabulary.js";

/** The same facts in indexed tables, and the two questions as one SQL statement each. */
export interface SqlPeer {
  /** `OPEN` where a condition or a resource group would have to be looked at, which this peer does not. */
  readonly can: (question: BenchQuestion) => Promise<"ALLOWED" | "EXPLICIT_DENY" | "IMPLICIT_DENY" | "OPEN">;
  /** How many are not plainly denied. */
  readonly whoCan: (question: BenchQuestion) => Promise<number>;
  readonly close: () => Promise<void>;
}

const TABLES = `
  create temp table reach (principal int, policy int, is_scoped bool);
  create temp table says (policy int, action text, is_deny bool, is_open bool, pattern text);
  create temp table excepts (policy int, actions text[], is_deny bool, is_open bool, pattern text);`;
const INDEXES = `
  create index on reach (principal); create index on reach (policy);
  create index on says (policy, action); create index on says (action);
  analyze reach; analyze says; analyze excepts;`;
const SAYING = `
  select policy, is_deny, is_open from says where action = $1 and $2 like pattern
  union all
  select policy, is_deny, is_open from excepts where $1 <> all (actions) and $2 like pattern`;
const WHO_CAN = `
  select count(*)::int as count from (
    select principal from reach join (${SAYING}) as candidate using (policy) group by principal
    having not bool_or(is_deny and not is_open and not is_scoped) and bool_or(not is_deny)) as able`;
const CAN = `
  select bool_or(is_deny and not is_open) as denied, bool_or(not is_deny and not is_open) as allowed, bool_or(is_open) as open
  from (select is_deny, is_open or is_scoped as is_open from reach join says using (policy)
        where principal = $3 and action = $1 and $2 like pattern
        union all
        select is_deny, is_open or is_scoped from reach join excepts using (policy)
        where principal = $3 and $1 <> all (actions) and $2 like pattern) as saying`;

/** @param url of the Postgres that holds the world; everything is made in temporary tables */
export async function openSqlPeer(url: string, snapshot: Snapshot): Promise<SqlPeer> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(TABLES);
  const numberOf = new Map(snapshot.principals.map(({ key }, index) => [key, index]));
  for (const [table, types, rows] of tablesOf(snapshot)) await fill(client, table, types, rows);
  await client.query(INDEXES);
  return {
    can: async ({ principal, action, arn }) => {
      const values = [action.toLowerCase(), arn, numberOf.get(principal.key)];
      const { rows } = await client.query<{ denied: boolean; allowed: boolean; open: boolean }>({
        name: "can",
        text: CAN,
        values,
      });
      const [row] = rows;
      if (row?.denied) return "EXPLICIT_DENY";
      if (row?.open) return "OPEN";
      return row?.allowed ? "ALLOWED" : "IMPLICIT_DENY";
    },
    whoCan: async ({ action, arn }) => {
      const values = [action.toLowerCase(), arn];
      const { rows } = await client.query<{ count: number }>({ name: "who-can", text: WHO_CAN, values });
      return rows[0]?.count ?? 0;
    },
    close: () => client.end(),
  };
}

type Row = readonly (string | number | boolean)[];

function tablesOf(snapshot: Snapshot): readonly (readonly [string, readonly string[], Iterable<Row>])[] {
  return [
    ["reach", ["int", "int", "bool"], reachRows(snapshot)],
    ["says", ["int", "text", "bool", "bool", "text"], sayRows(snapshot)],
    ["excepts", ["int", "text", "bool", "bool", "text"], exceptRows(snapshot)],
  ];
}

function* reachRows(snapshot: Snapshot): Generator<Row> {
  const policies = numberedPolicies(snapshot);
  for (const [index, { key }] of snapshot.principals.entries()) {
    for (const { policy, resourceGroupId } of reachesOf(snapshot, key)) {
      yield [index, policies.get(policy) ?? -1, resourceGroupId !== undefined];
    }
  }
}

function* sayRows(snapshot: Snapshot): Generator<Row> {
  const actions = SERVICES.flatMap((service) =>
    Array.from({ length: ACTIONS_PER_SERVICE }, (_, index) => actionAt(service, index).toLowerCase()),
  );
  const byService = groupBy(actions, (action) => action.split(":")[0] ?? "");
  for (const { policy, statement, patterns } of statementsOf(snapshot)) {
    if (statement.actions === "UNREADABLE" || statement.actions.isNegated) continue;
    const services = new Set(statement.actions.patterns.map(({ folded }) => folded.split(":")[0] ?? ""));
    for (const action of [...services].flatMap((service) => byService.get(service) ?? [])) {
      if (mayCoverAction(statement, action) === false) continue;
      for (const pattern of patterns) yield [policy, action, ...natureOf(statement), pattern];
    }
  }
}

function* exceptRows(snapshot: Snapshot): Generator<Row> {
  for (const { policy, statement, patterns } of statementsOf(snapshot)) {
    if (statement.actions === "UNREADABLE" || !statement.actions.isNegated) continue;
    const list = `{${statement.actions.patterns.map(({ folded }) => folded).join(",")}}`;
    for (const pattern of patterns) yield [policy, list, ...natureOf(statement), pattern];
  }
}

const natureOf = ({ effect, conditions }: Statement) => [effect === "DENY", conditions.length > 0] as const;

function* statementsOf(snapshot: Snapshot) {
  const policies = numberedPolicies(snapshot);
  for (const [key, { document }] of snapshot.policies) {
    for (const statement of document.statements) {
      const { resources } = statement;
      if (resources === "UNREADABLE" || resources.isNegated) continue;
      const patterns = resources.patterns.map(({ text }) => text.replaceAll("_", "\\_").replaceAll("*", "%"));
      yield { policy: policies.get(key) ?? -1, statement, patterns };
    }
  }
}

function numberedPolicies({ policies }: Snapshot): ReadonlyMap<string, number> {
  return new Map([...policies.keys()].map((key, index) => [key, index]));
}

const CHUNK = 50_000;

async function fill(client: pg.Client, table: string, types: readonly string[], rows: Iterable<Row>): Promise<void> {
  const columns: (string | number | boolean)[][] = types.map(() => []);
  const cells = types.map((type, index) => `$${index + 1}::${type}[]`).join(", ");
  const names = types.map((_, index) => (table === "excepts" && index === 1 ? "c1::text[]" : `c${index}`)).join(", ");
  const listed = types.map((_, index) => `c${index}`).join(", ");
  const text = `insert into ${table} select ${names} from unnest(${cells}) as t(${listed})`;
  const flush = async () => {
    await client.query(text, columns);
    for (const column of columns) column.length = 0;
  };
  for (const row of rows) {
    for (const [index, cell] of row.entries()) columns[index]?.push(cell);
    if ((columns[0]?.length ?? 0) >= CHUNK) await flush();
  }
  await flush();
}
