import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { AccountFacts } from "../../../src/inventory/batch.js";
import type { Cloud, SeenRequest } from "./cloud.js";
import { enlarge, worldOf } from "./cloud-world.js";
import { collect, newFolder, openCloud, readAll, readBatch, readWorld, setFictionalCredentials } from "./collect.js";

setFictionalCredentials();

const world = enlarge(worldOf("kestrel"), 3);
let facts: AccountFacts;
/** Files of a run that nothing stops. */
let whole: number;

beforeAll(async () => {
  ({ facts } = await readWorld(world));
  ({ written: whole } = await collect(await newFolder(), await open()));
});

/** A folder whose collecting stopped at the given request. */
async function stopAt(request: number): Promise<string> {
  const folder = await newFolder();
  let asked = 0;
  const cloud = await openCloud(world, { pageRows: 2, faultOf: () => (++asked > request ? "EXPIRED" : undefined) });
  await expect(collect(folder, cloud)).rejects.toMatchObject({ kind: "CREDENTIALS" });
  return folder;
}

async function open(): Promise<Cloud> {
  return await openCloud(world, { pageRows: 2 });
}

describe("what was stopped", () => {
  test.each([1, 13, 34, 60])("at request %i is continued, and nothing is asked twice", async (request) => {
    const folder = await stopAt(request);
    const cloud = await open();
    const report = await collect(folder, cloud);
    expect((await readBatch(folder)).facts).toEqual(facts);
    expect(report.kept + report.written).toBe(whole);
    // The caller is asked each time: the credentials may be of another account now.
    expect(cloud.seen).toHaveLength(report.written + 1);
  });

  test("is asked again where a file is damaged, and half-written files never count", async () => {
    const folder = await stopAt(40);
    await writeFile(join(folder, ".ram.ListUsers.1.json.partial"), '{"Users":');
    await writeFile(join(folder, "ims.GetDefaultDomain.json"), '{"DefaultDomainName":"kes');
    await collect(folder, await open());
    expect((await readBatch(folder)).facts).toEqual(facts);
    expect(await readAll(folder)).not.toContain("partial");
  });

  test("begins a list anew that has no end yet, for it may have changed", async () => {
    const folder = await newFolder();
    const faultOf = ({ key, query }: SeenRequest) =>
      key === "ram.ListUsers" && query.Marker === "4" ? "EXPIRED" : undefined;
    const cut = await openCloud(world, { pageRows: 2, faultOf });
    await expect(collect(folder, cut)).rejects.toMatchObject({ kind: "CREDENTIALS" });
    const fewer = new Map([...world, ["ram.ListUsers", { Users: { User: [{ UserName: "ana" }] } }]]);
    await collect(folder, await openCloud(fewer, { pageRows: 2 }));
    expect((await readBatch(folder)).facts.users.map(({ name }) => name)).toEqual(["ana"]);
  });

  test("loses what is gone from the account since", async () => {
    const folder = await stopAt(60);
    await writeFile(join(folder, "ram.GetRole.gone.json"), '{"Role":{"RoleName":"gone"}}');
    await collect(folder, await open());
    expect((await readBatch(folder)).facts).toEqual(facts);
  });

  test("is asked again where a call failed", async () => {
    const folder = await stopAt(40);
    const error = { Code: "NoPermission", Message: "You are not authorized to do this action." };
    await writeFile(join(folder, "ram.ListGroups.1.json"), JSON.stringify(error));
    expect(await collect(folder, await open())).toMatchObject({ failed: [] });
    expect((await readBatch(folder)).facts).toEqual(facts);
  });
});

describe("what is finished", () => {
  test("is left alone, unless it is to be replaced", async () => {
    const folder = await newFolder();
    await collect(folder, await open());
    const before = await readAll(folder);
    const refused = { kind: "FOLDER", message: expect.stringContaining("it holds a finished collection; --replace") };
    await expect(collect(folder, await open())).rejects.toMatchObject(refused);
    expect(await readAll(folder)).toBe(before);

    await writeFile(join(folder, "oss.GetBucketPolicy.photos.json"), '{"Version":"1","Statement":[]}');
    const small = await openCloud(worldOf("kestrel"));
    expect(await collect(folder, small, { former: "REPLACE" })).toMatchObject({ kept: 0 });
    expect((await readBatch(folder)).facts.users).toHaveLength(3);
    expect(await readFile(join(folder, "oss.GetBucketPolicy.photos.json"), "utf8")).toContain("Version");
  });

  test("with failures can be asked for these alone", async () => {
    const folder = await newFolder();
    const faultOf = ({ key }: { key: string }) =>
      key === "ram.ListUsersForGroup.finance" ? ("DENIED" as const) : undefined;
    expect((await collect(folder, await openCloud(world, { faultOf, pageRows: 2 }))).failed).toHaveLength(1);
    const cloud = await open();
    expect(await collect(folder, cloud, { former: "RETRY" })).toMatchObject({ failed: [], written: 1 });
    expect(cloud.seen).toHaveLength(2);
    expect((await readBatch(folder)).facts).toEqual(facts);
  });
});

describe("a folder is refused", () => {
  test.each([["CONTINUE"], ["REPLACE"], ["RETRY"]] as const)("that holds another account, to %s", async (former) => {
    const other = await openCloud(worldOf("kestrel-shop"));
    for (const folder of [await stopAt(20), await newFolder()]) {
      if ((await readAll(folder)) === "") await collect(folder, await open());
      const before = await readAll(folder);
      const problem = "it holds account `1100000000000011`, the credentials are of `1200000000000012`";
      const refused = { kind: "FOLDER", message: expect.stringContaining(problem) };
      await expect(collect(folder, other, { former })).rejects.toMatchObject(refused);
      expect(await readAll(folder)).toBe(before);
    }
  });

  test("that holds anything else", async () => {
    const folder = await newFolder();
    await writeFile(join(folder, "holiday.jpg"), "");
    const problem = "`holiday.jpg` is no file of an export; name a folder that is empty or new";
    const refused = { kind: "FOLDER", message: expect.stringContaining(problem) };
    await expect(collect(folder, await open(), { former: "REPLACE" })).rejects.toMatchObject(refused);
  });
});

test("a name that no file can bear leads nowhere, and is told", async () => {
  const odd = new Map([
    ...worldOf("kestrel"),
    ["ram.ListRoles", { Roles: { Role: [{ RoleName: "../../etc/passwd" }] } }],
  ]);
  const folder = await newFolder();
  const { failed } = await collect(folder, await openCloud(odd));
  expect(failed).toMatchObject([{ file: "ram.GetRole", message: "`../../etc/passwd` cannot stand in a file name" }]);
});
