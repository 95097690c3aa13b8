import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, parse, validate } from "graphql";
import { type App, buildApp } from "../../src/app/build-app.js";
import { silentLog } from "../../src/app/log.js";
import { openStore } from "../../src/app/open-store.js";
import { writeDemo } from "../../src/app/run-demo.js";
import { importAccountFolder } from "../../src/app/run-import.js";
import type { Database } from "../../src/store/database.js";
import { createTestDatabase } from "../database.js";
import { SEEN } from "./sample-values.js";
import type { Question } from "./write-question.js";

/** Two worlds at the same revisions: one holds the whole company, the other the one account that the viewer sees. */
export interface Twins {
  readonly schema: App["schema"];
  /** What that viewer gets in each, as texts that are equal where the answers are. */
  readonly ask: (question: Question) => Promise<readonly [whole: string, alone: string]>;
  readonly close: () => Promise<void>;
}

const SEEN_FOLDER = "kestrel-shop";

export async function startTwins(): Promise<Twins> {
  const folder = await mkdtemp(join(tmpdir(), "ramgraph-twins-"));
  const exports = await writeDemo(join(folder, "exports"));
  const worlds = await Promise.all([
    startWorld(exports, () => true),
    startWorld(exports, (path) => path.endsWith(SEEN_FOLDER)),
  ]);
  const [whole, alone] = worlds;
  return {
    schema: whole.app.schema,
    ask: async (question) => [await answerOf(whole.app, question), await answerOf(alone.app, question)],
    close: async () => {
      for (const { close } of worlds) await close();
      await rm(folder, { recursive: true });
    },
  };
}

/** An account that is left out takes the numbers of a revision and of a run all the same: they count everybody's. */
async function startWorld(exports: readonly string[], isKept: (path: string) => boolean) {
  const database = await createTestDatabase();
  const config = { databaseUrl: database.url, dataDir: "" };
  await (await buildApp(config, silentLog)).close();
  const store = await openStore(config, silentLog);
  for (const path of exports) {
    if (isKept(path)) await importAccountFolder(store.db, path, { allowShrink: false, onProgress: () => undefined });
    else await makeRevision(store.db);
  }
  await store.close();
  const app = await buildApp(config, silentLog);
  const close = async () => {
    await app.close();
    await database.drop();
  };
  return { app, close };
}

async function makeRevision({ dataSource }: Database): Promise<void> {
  await dataSource.transaction(async (db) => {
    await db.query("INSERT INTO revision_log SELECT revision + 1, clock_timestamp() FROM revision_counter");
    await db.query("UPDATE revision_counter SET revision = revision + 1");
    await db.query("SELECT nextval(pg_get_serial_sequence('import_run', 'id'))");
  });
}

async function answerOf(app: App, { query, variables }: Question): Promise<string> {
  const document = parse(query);
  const problems = validate(app.schema, document);
  if (problems.length > 0) return problems.join("\n");
  const viewer = { name: "shop", seesAllAccounts: false, accountIds: [SEEN], mayExplore: true };
  const contextValue = app.createContext(viewer);
  const { data, errors = [] } = await execute({
    schema: app.schema,
    document,
    variableValues: variables,
    contextValue,
  });
  // Of several rows that fail at once, any may be the one that is told.
  const messages = new Set(errors.map(({ message }) => message));
  return withoutImports(JSON.stringify({ data, errors: [...messages] }));
}

/** Each world was imported by itself: at other instants; and what one account stated first is no news when the next states it. */
function withoutImports(text: string): string {
  return text
    .replaceAll(/20\d\d-\d\d-\d\dT[\d:.]+Z/g, "<time>")
    .replaceAll(/"(?:ImportRun_)?(added|changed|removed)":\d+/g, '"$1":"<count>"');
}
