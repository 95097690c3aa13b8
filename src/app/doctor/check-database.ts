import { access } from "node:fs/promises";
import { join } from "node:path";
import { listImportRuns } from "../../store/import-runs.js";
import { readRevision } from "../../store/read-revision.js";
import { readSchemaState } from "../../store/schema-state.js";
import { readServerState } from "../../store/server-state.js";
import type { Config } from "../config.js";
import { classifyFailure } from "../failure.js";
import { silentLog } from "../log.js";
import { openStore, type Store } from "../open-store.js";
import { type Check, failed, passed, skipped, warned } from "./check.js";
import { checkTokens } from "./check-auth.js";

/** Seconds by which two clocks may differ before somebody should know, and before tokens are refused. */
const NOTICED = 5;
const REFUSED = 60;

/** Looks at the database of the settings and changes nothing in it; one that was never made is not made. */
export async function checkDatabase(config: Config): Promise<readonly Check[]> {
  if (config.databaseUrl === undefined && !(await isThere(join(config.dataDir, "postgres", "data")))) {
    return [skipped("database", `the data folder ${config.dataDir} holds none yet; \`ramgraph serve\` makes one`)];
  }
  try {
    const store = await openStore(config, silentLog);
    try {
      return await checkOpen(store, config);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (classifyFailure(error) === "BUG") throw error;
    const message = error instanceof Error ? error.message : String(error);
    return [failed("database", message, "the server's own log tells why; ramgraph needs Postgres 15 to 18")];
  }
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

async function checkOpen({ db }: Store, config: Config): Promise<readonly Check[]> {
  const before = Date.now();
  const { version, now } = await readServerState(db);
  const skew = Math.round((now.getTime() - (before + Date.now()) / 2) / 100) / 10;
  const kind = config.databaseUrl === undefined ? "embedded" : "your own";
  const checks = [passed("database", `Postgres ${version}, ${kind}`), checkClock(skew)];
  const state = await readSchemaState(db);
  if (state === "BEHIND") {
    const hint = "run `ramgraph migrate`, or start a server, which does it";
    return [...checks, failed("migrations", "the database lacks migrations of this version", hint)];
  }
  const newer = "a newer ramgraph has migrated the database";
  const migrations =
    state === "AHEAD"
      ? warned("migrations", newer, "finish the upgrade: run the newer version everywhere")
      : passed("migrations", "up to date");
  return [...checks, migrations, await checkRevision({ db }), ...(await checkTokens(db, config.auth))];
}

function checkClock(skew: number): Check {
  const message = `differs from the database's by ${Math.abs(skew)} s`;
  const hint = "set the clocks of both machines by NTP: tokens and the times of revisions depend on them";
  if (Math.abs(skew) > REFUSED) return failed("clock", message, hint);
  return Math.abs(skew) > NOTICED ? warned("clock", message, hint) : passed("clock", message);
}

async function checkRevision({ db }: Pick<Store, "db">): Promise<Check> {
  const { revision, committedAt } = await readRevision(db);
  const [last] = await listImportRuns(db, 1);
  const words = `revision ${revision}, committed at ${committedAt}`;
  if (last === undefined) return warned("revision", words, "nothing was imported yet: `ramgraph import --help`");
  if (last.outcome !== "FAILED") return passed("revision", `${words}; the last import was ${last.finishedAt}`);
  return warned("revision", `${words}; the last import failed`, `\`ramgraph imports show ${last.id}\` tells why`);
}
