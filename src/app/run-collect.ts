import { type CollectReport, collectAccount } from "../importers/collector/collect-account.js";
import { CollectFailed } from "../importers/collector/collect-failed.js";
import { isRegion } from "../importers/collector/collect-groups.js";
import type { Former } from "../importers/collector/target-folder.js";
import { ConfigurationRefused, Failure, UsageRefused } from "./failure.js";
import { isLoopback } from "./loopback.js";

export type { CollectReport };

/** What the command line says of a run, as it stands there. */
export interface CollectSettings {
  readonly profile?: string | undefined;
  readonly regions: readonly string[];
  readonly endpoint?: string | undefined;
  /** Seconds that an answer may take. */
  readonly timeout: string;
  readonly concurrency: string;
  readonly former: Former;
}

export interface CollectListener {
  readonly onProgress: (done: number, planned: number, call: string) => void;
  readonly onWait: (reason: string) => void;
}

const defaultRegion = "cn-hangzhou";

/**
 * Fetches an account into a folder that `import account` reads.
 *
 * @throws UsageRefused for options that cannot be meant, ConfigurationRefused where there are no credentials, Failure
 * where no call succeeds or the folder cannot take what they bring
 */
export async function collectFolder(
  folder: string,
  { profile, regions, endpoint, timeout, concurrency, former }: CollectSettings,
  listener: CollectListener,
): Promise<CollectReport> {
  const options = {
    profile,
    regions: readRegions(regions),
    endpoint: endpoint === undefined ? undefined : readEndpoint(endpoint),
    timeout: readNumber("--timeout", timeout, 600) * 1000,
    concurrency: readNumber("--concurrency", concurrency, 16),
    former,
    ...listener,
  };
  try {
    return await collectAccount(folder, options);
  } catch (error) {
    if (!(error instanceof CollectFailed)) throw error;
    throw error.kind === "CREDENTIALS" ? new ConfigurationRefused([error.message]) : new Failure(error.message);
  }
}

function readRegions(regions: readonly string[]): readonly [string, ...string[]] {
  const wrong = regions.find((region) => !isRegion(region));
  if (wrong !== undefined) throw new UsageRefused(`\`${wrong}\` is no region; one is \`${defaultRegion}\``);
  const [first = defaultRegion, ...others] = regions;
  return [first, ...others];
}

/** Requests bear no secret but a session's token, which may not travel in the clear. */
function readEndpoint(text: string): { readonly protocol: "http" | "https"; readonly host: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBare =
    url !== undefined && url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  if (!isBare || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new UsageRefused("--endpoint is not of the form https://host:port");
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new UsageRefused(`--endpoint \`${text}\` would send a session's token in the clear; name an https address`);
  }
  return { protocol: url.protocol === "https:" ? "https" : "http", host: url.host };
}

function readNumber(option: string, text: string, most: number): number {
  if (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageRefused(`${option} \`${text}\` is not a whole number from 1 to ${most}`);
}
