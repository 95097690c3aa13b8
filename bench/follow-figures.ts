import pg from "pg";
import type { Snapshot } from "../src/grants/snapshot.js";
import type { ChildServer } from "./child-server.js";
import { type Figure, milliseconds } from "./figure.js";
import { HttpClient } from "./http-client.js";
import { canOf } from "./http-courses.js";
import { LONGEST_STALL, stallText } from "./http-figures.js";
import { questionsAbout } from "./questions.js";
import { type Timing, timingOf } from "./stopwatch.js";
import type { Stall } from "./watch-stalls.js";
import { attachmentEdit, documentEdit } from "./world-edits.js";

const NEWEST = "query Newest($at: SnapshotInput) { snapshot(at: $at) { revision } }";
const LONGEST_BLINDNESS = 250;

/**
 * One attachment or one policy is changed in Postgres and changed back, while a client goes on asking `can`: how long after the
 * commit the server answers from the new revision, and how long that client waits.
 *
 * @param url of the Postgres that the server follows
 * @param pairs how often each is changed, and changed back
 */
export async function measureFollowing(
  url: string,
  snapshot: Snapshot,
  ours: ChildServer,
  pairs: number,
): Promise<readonly Figure[]> {
  const changer = new pg.Client({ connectionString: url });
  const [follower, asker] = [new HttpClient(), new HttpClient()];
  await changer.connect();
  try {
    const asking = keepAsking(asker, ours.url, snapshot);
    const follow = (change: pg.QueryConfig) => commitToVisible(changer, change, follower, ours.url);
    await ours.usage();
    const [attachments, policies]: [number[], number[]] = [[], []];
    for (let at = 0; at < pairs; at++) {
      for (const [edit, durations] of [
        [await attachmentEdit(changer, at * 7), attachments],
        [await documentEdit(changer, at * 7), policies],
      ] as const) {
        durations.push(await follow(edit.change), await follow(edit.back));
      }
    }
    const { longestStall } = await ours.usage();
    const waits = await asking.stop();
    return [
      visible("one changed attachment, from commit to visible", timingOf(attachments)),
      visible("one changed policy, from commit to visible", timingOf(policies)),
      waiting(waits, longestStall),
    ];
  } finally {
    follower.close();
    asker.close();
    await changer.end();
  }
}

/** Milliseconds from the moment that the commit is sent until an answer comes from its revision or a later one. */
async function commitToVisible(
  changer: pg.Client,
  change: pg.QueryConfig,
  follower: HttpClient,
  url: string,
): Promise<number> {
  await changer.query("begin");
  const { rowCount } = await changer.query(change);
  if (rowCount !== 1) throw new Error(`changed ${rowCount ?? 0} rows instead of one: ${change.text}`);
  const { rows } = await changer.query<{ revision: string }>(
    "select max(revision)::text as revision from revision_log",
  );
  const start = performance.now();
  await changer.query("commit");
  const at = { minRevision: rows[0]?.revision };
  await follower.ask(url, { query: NEWEST, variables: { at } });
  return performance.now() - start;
}

/** Asks one question after the other until it is stopped, and then tells how long it waited at most, in milliseconds. */
function keepAsking(client: HttpClient, url: string, snapshot: Snapshot): { readonly stop: () => Promise<number> } {
  const operations = questionsAbout(snapshot, 300, 17).map(canOf);
  const durations: number[] = [];
  let isDone = false;
  const asking = (async () => {
    for (let at = 0; !isDone; at++) {
      const operation = operations[at % operations.length];
      if (operation === undefined) throw new Error("nothing to ask");
      const start = performance.now();
      await client.ask(url, operation);
      durations.push(performance.now() - start);
    }
    return Math.max(...durations);
  })();
  asking.catch(() => undefined);
  const stop = async () => {
    isDone = true;
    return await asking;
  };
  return { stop };
}

function visible(what: string, { p50, p99 }: Timing): Figure {
  return {
    what,
    target: `≤ ${LONGEST_BLINDNESS} ms`,
    measured: `${milliseconds(p50)} (p99 ${milliseconds(p99)})`,
    isMet: p99 <= LONGEST_BLINDNESS,
  };
}

function waiting(longest: number, stall: Stall): Figure {
  return {
    what: "longest wait of a client that asks `can` meanwhile",
    target: `≤ ${LONGEST_STALL} ms`,
    measured: `${milliseconds(longest)}; the event loop stood still for ${stallText(stall)}`,
    isMet: longest <= LONGEST_STALL,
  };
}
