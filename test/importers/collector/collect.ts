import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll } from "@jest/globals";
import { readAccountExport } from "../../../src/importers/account/read-account-export.js";
import {
  type CollectOptions,
  type CollectReport,
  collectAccount,
} from "../../../src/importers/collector/collect-account.js";
import type { AccountBatch } from "../../../src/inventory/batch.js";
import { type Cloud, type CloudOptions, startCloud } from "./cloud.js";
import type { World } from "./cloud-world.js";

/** Nobody's credentials; none of these may turn up anywhere. */
export const SECRETS = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAI5tFictionalKeyId",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: "fictionalAccessKeySecret",
  ALIBABA_CLOUD_SECURITY_TOKEN: "fictionalSecurityToken",
};

const OTHERS = /^(ALIBABA_CLOUD_.*|DEBUG)$/;
const temporary: string[] = [];
const clouds: Cloud[] = [];

/** Sets fictional credentials around the tests of a file, and clears what they leave. */
export function setFictionalCredentials(): void {
  const before = { ...process.env };
  beforeAll(() => {
    for (const name of Object.keys(process.env).filter((one) => OTHERS.test(one))) delete process.env[name];
    Object.assign(process.env, SECRETS);
  });
  afterEach(async () => {
    for (const cloud of clouds.splice(0)) await cloud.close();
  });
  afterAll(async () => {
    process.env = before;
    for (const folder of temporary) await rm(folder, { recursive: true, force: true });
  });
}

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ramgraph-collect-"));
  temporary.push(folder);
  return folder;
}

export async function openCloud(world: World, options?: CloudOptions): Promise<Cloud> {
  const cloud = await startCloud(world, options);
  clouds.push(cloud);
  return cloud;
}

/** Collects with short waits. */
export async function collect(
  folder: string,
  cloud: Cloud,
  more: Partial<CollectOptions> = {},
): Promise<CollectReport> {
  return await collectAccount(folder, {
    endpoint: { protocol: "http", host: new URL(cloud.endpoint).host },
    regions: ["cn-hangzhou"],
    timeout: 2_000,
    concurrency: 4,
    former: "CONTINUE",
    pace: { attempts: 3, firstDelay: 1, longestDelay: 5 },
    onProgress: () => undefined,
    onWait: () => undefined,
    ...more,
  });
}

export async function readBatch(folder: string): Promise<AccountBatch> {
  const reading = await readAccountExport(folder);
  if ("batch" in reading) return reading.batch;
  throw new Error(reading.refusal.message);
}

/** What the import makes of answers that were saved by hand, one in each file. */
export async function readWorld(world: World): Promise<AccountBatch> {
  const folder = await newFolder();
  for (const [name, answer] of world) await writeFile(join(folder, `${name}.json`), JSON.stringify(answer));
  return await readBatch(folder);
}

/** All names and texts of a folder, to look for what must not be there. */
export async function readAll(folder: string): Promise<string> {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map(async (name) => await readFile(join(folder, name), "utf8")));
  return [...names, ...texts].join("\n");
}
