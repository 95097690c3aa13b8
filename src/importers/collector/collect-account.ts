import { collectAccess } from "./collect-access.js";
import { collectDirectory } from "./collect-directory.js";
import { CollectFailed } from "./collect-failed.js";
import { collectGroups } from "./collect-groups.js";
import { type CollectorParts, createCollector } from "./collector.js";
import { openCredentials } from "./credentials.js";
import { limitTo } from "./limit.js";
import { defaultPace, type Pace } from "./retry.js";
import { createSecrets } from "./secrets.js";
import { type Answered, ask, type Session } from "./session.js";
import { createTally, type FailedCall, type Tally } from "./tally.js";
import { type Former, openTargetFolder } from "./target-folder.js";
import { openWireClient, type WireOptions } from "./wire-client.js";

export interface CollectOptions extends WireOptions {
  /** A profile of the `aliyun` command's settings; without one, the SDK's default chain. */
  readonly profile?: string | undefined;
  /** Regions whose tags are read beside those where resources lie; the first is where regional products are asked. */
  readonly regions: readonly [string, ...string[]];
  /** Calls under way at once. */
  readonly concurrency: number;
  readonly former: Former;
  readonly pace?: Pace;
  /** Told of each response: how many are there, how many are known to be wanted, and which. */
  readonly onProgress: (done: number, planned: number, call: string) => void;
  /** Told why a call waits before it is repeated. */
  readonly onWait: (reason: string) => void;
}

/** What a run did. */
export interface CollectReport {
  readonly accountId: string;
  /** When the run began that this one continued. */
  readonly continued: string | undefined;
  readonly requests: number;
  readonly waits: number;
  readonly written: number;
  readonly kept: number;
  /** Rows by what they are, e.g. `users`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly failed: readonly FailedCall[];
}

/**
 * Fetches what there is to know of an account's permissions into a folder, as raw responses that the account importer
 * reads. Every call only reads. A call that fails leaves an error response; the run goes on.
 *
 * @param path the folder; it is made where it is not
 * @throws CollectFailed when no call can succeed, or the folder cannot take the responses
 */
export async function collectAccount(path: string, options: CollectOptions): Promise<CollectReport> {
  const secrets = createSecrets();
  const credentials = await openCredentials(options.profile, secrets);
  await credentials.getCredentials();
  const tally = createTally();
  const session = openSession(options, tally, openWireClient(credentials, options));
  const caller = await askCaller(session);
  const { accountId } = caller;
  const folder = await openTargetFolder(path, accountId, options.former);
  await folder.write("sts.GetCallerIdentity.json", caller.answered.bytes);
  const limit = limitTo(options.concurrency);
  const collector = createCollector({
    session,
    limit,
    folder,
    tally,
    secrets,
    onProgress: countProgress(options),
  });
  try {
    await Promise.all([
      collector.fetch("ims.GetDefaultDomain"),
      collectAccess(collector),
      collectGroups(collector, options.regions),
      collectDirectory(collector, accountId),
    ]);
  } catch (error) {
    session.stop.abort();
    await limit.idle();
    throw error;
  }
  await folder.finish();
  return report(accountId, folder.begun, tally);
}

function openSession(options: CollectOptions, tally: Tally, client: Session["client"]): Session {
  return {
    client,
    pace: options.pace ?? defaultPace,
    stop: new AbortController(),
    region: options.regions[0],
    onRequest: () => {
      tally.requests += 1;
    },
    onWait: (reason) => {
      tally.waits += 1;
      options.onWait(reason);
    },
  };
}

/** The first call tells whose account this is, and whether calls can succeed at all. */
async function askCaller(session: Session): Promise<{ readonly accountId: string; readonly answered: Answered }> {
  const call = "sts.GetCallerIdentity";
  const outcome = await ask(session, { call, query: {}, file: `${call}.json` }, { ...session.pace, attempts: 3 });
  if ("failure" in outcome) {
    const { failure } = outcome;
    if (failure.kind === "REFUSED") {
      throw new CollectFailed(
        "CREDENTIALS",
        `\`GetCallerIdentity\` is refused (\`${failure.code}\`): is the account active?`,
      );
    }
    const mend = "check the network, or name another address with --endpoint";
    throw new CollectFailed("NETWORK", `STS does not answer (${failure.problem}): ${mend}`);
  }
  const said = outcome.value.answer.said.find((one) => one.kind === "caller");
  if (said === undefined) throw new CollectFailed("NETWORK", "STS does not tell which account this is");
  return { accountId: said.accountId, answered: outcome.value };
}

function countProgress({ onProgress }: CollectOptions): CollectorParts["onProgress"] {
  let done = 0;
  let planned = 0;
  return (call, moreDone, morePlanned) => {
    done += moreDone;
    planned += morePlanned;
    onProgress(done, planned, call);
  };
}

function report(accountId: string, continued: string | undefined, tally: Tally): CollectReport {
  const { requests, waits, written, kept, counts, failed } = tally;
  const sorted = failed.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  return { accountId, continued, requests, waits, written, kept, counts: Object.fromEntries(counts), failed: sorted };
}
