import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { CALLS, type Call, type CallName } from "../../../src/importers/collector/calls.js";
import { enlarge, worldOf } from "./cloud-world.js";
import {
  collect,
  newFolder,
  openCloud,
  readAll,
  readBatch,
  readWorld,
  SECRETS,
  setFictionalCredentials,
} from "./collect.js";
import { catchSdkRequest } from "./sdk-request.js";

setFictionalCredentials();

describe("a collected folder", () => {
  test.each(["kestrel", "kestrel-shop", "kestrel-lab", "kestrel-audit"])(
    "of %s holds the facts of the account, page by page",
    async (name) => {
      const world = enlarge(worldOf(name), 5);
      const folder = await newFolder();
      const report = await collect(folder, await openCloud(world, { pageRows: 2 }));
      const [collected, saved] = [await readBatch(folder), await readWorld(world)];
      expect(collected.facts).toEqual(saved.facts);
      expect([...collected.findings, ...saved.findings]).toEqual([]);
      expect(collected.gaps.map(({ reason, subject }) => [reason, subject])).toEqual(
        saved.gaps.map(({ reason, subject }) => [reason, subject]),
      );
      expect(report).toMatchObject({ accountId: saved.facts.account.id, failed: [], kept: 0 });
      expect(report.counts).toMatchObject({ users: saved.facts.users.length, groups: saved.facts.groups.length });
    },
  );

  test("lacks bucket policies, and says so", async () => {
    const folder = await newFolder();
    await collect(folder, await openCloud(worldOf("kestrel-shop")));
    const { gaps } = await readBatch(folder);
    expect(gaps.map(({ reason }) => reason)).toContain("RESOURCE_POLICIES_NOT_IMPORTED");
  });

  test("is for its owner only, and holds no mark when all is there", async () => {
    const folder = join(await newFolder(), "new/one");
    await collect(folder, await openCloud(worldOf("kestrel-lab")));
    const names = await readdir(folder);
    expect(names.filter((name) => name.startsWith("."))).toEqual([]);
    const modes = await Promise.all(
      [folder, join(folder, names[0] ?? "")].map(async (path) => (await stat(path)).mode),
    );
    expect(modes.map((mode) => mode & 0o777)).toEqual([0o700, 0o600]);
  });

  test("cannot lie within a file", async () => {
    const folder = await newFolder();
    await writeFile(join(folder, "file"), "");
    const collecting = collect(join(folder, "file/within"), await openCloud(worldOf("kestrel-lab")));
    await expect(collecting).rejects.toMatchObject({ kind: "FOLDER", message: expect.stringContaining("ENOTDIR") });
  });
});

describe("requests", () => {
  test("are signed, only read, and bear the session's token in a header of its own", async () => {
    const cloud = await openCloud(worldOf("kestrel"));
    await collect(await newFolder(), cloud);
    expect(cloud.seen.length).toBeGreaterThan(30);
    for (const { headers, operation } of cloud.seen) {
      expect(headers.authorization).toMatch(/^ACS3-HMAC-SHA256 Credential=LTAI5tFictionalKeyId,/);
      expect(headers["x-acs-security-token"]).toBe(SECRETS.ALIBABA_CLOUD_SECURITY_TOKEN);
      expect(operation).toMatch(/\.(Get|List)[A-Z]/);
    }
  });

  test("are no more at once than is allowed", async () => {
    const cloud = await openCloud(enlarge(worldOf("kestrel"), 8), { delay: 3 });
    await collect(await newFolder(), cloud, { concurrency: 3 });
    expect(cloud.busiest()).toBe(3);
  });

  test("are counted as they are planned and done, and in the end all are done", async () => {
    const counts: (readonly [done: number, planned: number])[] = [];
    const cloud = await openCloud(enlarge(worldOf("kestrel"), 8), { pageRows: 3 });
    const onProgress = (done: number, planned: number) => counts.push([done, planned]);
    await collect(await newFolder(), cloud, { onProgress });
    expect(counts.at(-1)).toEqual([cloud.seen.length - 1, cloud.seen.length - 1]);
    for (const [done, planned] of counts) expect(done).toBeLessThanOrEqual(planned);
  });

  test("ask each thing once, and tags in every region where resources lie and in those named", async () => {
    const cloud = await openCloud(worldOf("kestrel"));
    await collect(await newFolder(), cloud, { regions: ["ap-southeast-1", "eu-central-1"] });
    const asked = cloud.seen.map(({ key, query }) => JSON.stringify([key, query]));
    expect(new Set(asked).size).toBe(asked.length);
    const regions = cloud.seen.flatMap(({ operation, query }) =>
      operation.startsWith("tag.") ? [query.RegionId] : [],
    );
    expect(new Set(regions)).toEqual(new Set(["ap-southeast-1", "cn-hangzhou", "eu-central-1"]));
  });

  test("stay away from a directory that another account manages", async () => {
    const cloud = await openCloud(worldOf("kestrel-shop"));
    await collect(await newFolder(), cloud);
    const operations = cloud.seen.map(({ operation }) => operation);
    expect(operations).toContain("resourcemanager.GetResourceDirectory");
    expect(operations.filter((operation) => /Folder|AccountsFor|ControlPol/.test(operation))).toEqual([]);
  });
});

test("an account in no directory lacks nothing of one", async () => {
  const faultOf = ({ operation }: { operation: string }) =>
    operation === "resourcemanager.GetResourceDirectory" ? ("NO_DIRECTORY" as const) : undefined;
  const folder = await newFolder();
  const report = await collect(folder, await openCloud(worldOf("kestrel-shop"), { faultOf }));
  expect(report.failed).toEqual([]);
  const { gaps } = await readBatch(folder);
  expect(gaps.map(({ reason }) => reason)).not.toContain("CONTROL_POLICIES_NOT_IMPORTED");
});

test("every request is the one that the SDK's own method would send", async () => {
  const broken = /ListPolicyAttachments|ListPoliciesForUser/;
  const cloud = await openCloud(worldOf("kestrel"), {
    faultOf: ({ operation }) => (broken.test(operation) ? "DENIED" : undefined),
  });
  await collect(await newFolder(), cloud);
  const seen = new Map(cloud.seen.map((request) => [request.operation, request]));
  expect(new Set(seen.keys())).toEqual(new Set(Object.keys(CALLS).filter((name) => name !== "ram.GetPolicyVersion")));
  for (const [name, { query, headers, method }] of seen) {
    const { product, operation }: Call = CALLS[name as CallName];
    const own = await catchSdkRequest(product, operation, query);
    expect(own).toMatchObject({
      query,
      params: { action: operation, style: "RPC", pathname: "/", method, authType: "AK" },
    });
    expect(own).toMatchObject({ params: { version: headers["x-acs-version"], protocol: "HTTPS" } });
  }
});

test("no file holds a key, a secret or a token", async () => {
  const folder = await newFolder();
  const cloud = await openCloud(worldOf("kestrel"), {
    faultOf: ({ operation }) => (operation === "ram.ListGroups" ? "DENIED" : undefined),
  });
  await collect(folder, cloud);
  const text = await readAll(folder);
  for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
});
