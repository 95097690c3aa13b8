import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Cloud, startCloud } from "../importers/collector/cloud.js";
import { enlarge, worldOf } from "../importers/collector/cloud-world.js";
import { readBatch, SECRETS } from "../importers/collector/collect.js";
import { type Finished, runCommand, startCommand } from "../ramgraph-process.js";

const world = enlarge(worldOf("kestrel"), 4);
let root: string;
let home: string;
let cloud: Cloud;
let slow: Cloud;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "ramgraph-cli-collect-"));
  home = join(root, "home");
  await mkdir(join(home, ".aliyun"), { recursive: true });
  cloud = await startCloud(world, { pageRows: 3 });
  slow = await startCloud(world, { pageRows: 3, delay: 60 });
});

afterAll(async () => {
  await Promise.all([cloud.close(), slow.close()]);
  await rm(root, { recursive: true, force: true });
});

/** No credentials but those of the home folder. */
const bare = () => ({ HOME: home, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" });
const settings = () => ({ ...bare(), ...SECRETS, DEBUG: "*" });

async function collect(folder: string, ...more: readonly string[]): Promise<Finished> {
  return await runCommand(["collect", join(root, folder), "--endpoint", cloud.endpoint, ...more], settings());
}

async function expectNoSecret(folder: string, ...outputs: readonly Finished[]): Promise<void> {
  const names = await readdir(join(root, folder));
  const texts = await Promise.all(names.map(async (name) => await readFile(join(root, folder, name), "utf8")));
  const all = [...texts, ...outputs.flatMap(({ stdout, stderr }) => [stdout, stderr])].join("\n");
  for (const secret of Object.values(SECRETS)) expect(all).not.toContain(secret);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    if (await holds()) return;
    await sleep(20);
  }
  throw new Error("it did not come to that");
}

describe("collect", () => {
  test("fetches an account, tells what there is and what comes next, and no secret", async () => {
    const done = await collect("good");
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(done.stdout).toMatch(/^account 1100000000000011 is in \S+good\n\n {2}attachments +9\n[\s\S]* {2}users +7\n/);
    expect(done.stdout).toMatch(/\nnext: npm run -s ramgraph -- import account \S+good\n$/);
    await expectNoSecret("good", done);
    const again = await collect("good");
    expect(again).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("finished collection") });
    const anew = await collect("good", "--replace", "--json");
    expect(anew.code).toBe(0);
    expect(JSON.parse(anew.stdout)).toMatchObject({
      accountId: "1100000000000011",
      kept: 0,
      failed: [],
      counts: { users: 7 },
    });
  });

  test("goes on where it was killed", async () => {
    const folder = join(root, "killed");
    const args = ["collect", folder, "--endpoint", slow.endpoint];
    const { child, finished } = startCommand(args, settings());
    await until(async () => (await readdir(folder).catch(() => [])).length > 12);
    child.kill("SIGKILL");
    await finished;
    expect(await readdir(folder)).toContain(".unfinished-collection.json");
    const done = await collect("killed", "--json");
    expect(done.code).toBe(0);
    const report: unknown = JSON.parse(done.stdout);
    expect(report).toMatchObject({ failed: [], continued: expect.stringMatching(/^20/) });
    expect(report).not.toMatchObject({ kept: 0 });
    expect((await readBatch(folder)).facts).toEqual((await readBatch(join(root, "good"))).facts);
    expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("ends with 130 at an interrupt, and can go on", async () => {
    const folder = join(root, "interrupted");
    const { child, finished } = startCommand(["collect", folder, "--endpoint", slow.endpoint], settings());
    await until(async () => (await readdir(folder).catch(() => [])).length > 5);
    child.kill("SIGINT");
    const stderr = `\ninterrupted\nwhat is there stays in ${folder}; the same command continues\n`;
    expect(await finished).toMatchObject({ code: 130, stdout: "", stderr });
    expect(await collect("interrupted")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(", continued from 20"),
    });
  });

  test("ends with 5 when a call was refused, and says what it needs", async () => {
    const faulty = await startCloud(world, {
      faultOf: ({ operation }) => (operation === "ram.GetRole" ? "TELLTALE" : undefined),
    });
    const done = await runCommand(["collect", join(root, "refused"), "--endpoint", faulty.endpoint], settings());
    await faulty.close();
    expect(done.code).toBe(5);
    expect(done.stdout).toMatch(
      /calls that failed: 5; [^\n]+\n {2}ram\.GetRole\.\S+\.json and 4 more like it: NoPermission: .*needs ram:GetRole\n/,
    );
    await expectNoSecret("refused", done);
    const mended = await collect("refused", "--retry");
    expect(mended).toMatchObject({ code: 0, stdout: expect.stringContaining("files written: 5, kept:") });
  });
});

describe("credentials", () => {
  const secret = SECRETS.ALIBABA_CLOUD_ACCESS_KEY_SECRET;

  test.each<[string, string, readonly string[], string]>([
    ["none at all", "", [], "no credentials are found\nlooked in the environment"],
    ["settings that are not JSON", `{"access_key_secret": "${secret}`, [], "~/.aliyun/config.json is not JSON"],
    [
      "a profile that is not there",
      `{"profiles":[{"name":"a","mode":"AK","access_key_id":"x","access_key_secret":"${secret}"}]}`,
      ["--profile", "audit"],
      "profile `audit` gives no credentials: there is no such profile",
    ],
  ])("%s: exit 3, nothing written, no secret told", async (_, config, more, words) => {
    if (config !== "") await writeFile(join(home, ".aliyun/config.json"), config);
    const args = ["collect", join(root, "none"), "--endpoint", cloud.endpoint, ...more];
    const done = await runCommand(args, bare());
    expect(done).toMatchObject({ code: 3, stdout: "", stderr: expect.stringContaining(words) });
    expect(done.stderr).not.toMatch(/\n\s+at /);
    expect(done.stderr).not.toContain(secret);
    expect(await readdir(root)).not.toContain("none");
  });

  test("of a profile are used", async () => {
    const profile = { name: "audit", mode: "AK", access_key_id: "LTAIaudit", access_key_secret: secret };
    await writeFile(join(home, ".aliyun/config.json"), JSON.stringify({ current: "other", profiles: [profile] }));
    const args = ["collect", join(root, "profile"), "--endpoint", cloud.endpoint, "--profile", "audit"];
    expect(await runCommand(args, bare())).toMatchObject({ code: 0 });
    expect(cloud.seen.at(-1)?.headers.authorization).toContain("Credential=LTAIaudit,");
  });
});

describe("what cannot be meant", () => {
  test.each<[string, number, readonly string[], RegExp]>([
    [
      "an address in the clear",
      2,
      ["--endpoint", "http://gateway.example"],
      /would send a session's token in the clear/,
    ],
    ["two ways at once", 2, ["--replace", "--retry"], /cannot be used with option/],
    ["an address where nobody is", 1, ["--endpoint", "http://127.0.0.1:1"], /STS does not answer \(ECONNREFUSED\)/],
  ])("%s", async (_, code, more, words) => {
    const done = await runCommand(["collect", join(root, "unused"), ...more], settings());
    expect(done).toMatchObject({ code, stdout: "" });
    expect(done.stderr).toMatch(words);
    expect(await readdir(root)).not.toContain("unused");
  });
});
