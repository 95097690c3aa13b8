import { describe, expect, test } from "@jest/globals";
import type { Fault } from "./cloud.js";
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

setFictionalCredentials();

const world = enlarge(worldOf("kestrel"), 3);
/** Only an answer without end is waited for; a busy machine is slow with the others as well. */
const patienceFor = (fault: Fault) => (fault === "ENDLESS" ? { timeout: 1_000 } : {});

describe("a fault that passes leaves no trace", () => {
  test.each<[Fault, string]>([
    ["THROTTLED", "ram.ListUsers"],
    ["CUT", "ram.ListUsers"],
    ["DROPPED", "ram.GetRole"],
    ["ENDLESS", "ram.ListUsers"],
    ["HTML", "resourcemanager.ListFoldersForParent"],
    ["EMPTY_OBJECT", "ram.GetPolicy"],
    ["EMPTY_PAGE", "resourcemanager.ListPolicyAttachments"],
    ["NO_MARKER", "ram.ListUsersForGroup"],
    ["BAD_UTF8", "ims.GetDefaultDomain"],
  ])("%s, twice at %s", async (fault, broken) => {
    const faultOf = ({ operation, earlier }: { operation: string; earlier: number }) =>
      operation === broken && earlier < 2 ? fault : undefined;
    const folder = await newFolder();
    const report = await collect(folder, await openCloud(world, { pageRows: 2, faultOf }), patienceFor(fault));
    expect(report.failed).toEqual([]);
    expect(report.waits).toBeGreaterThanOrEqual(2);
    expect((await readBatch(folder)).facts).toEqual((await readWorld(world)).facts);
  });
});

describe("a call that keeps failing becomes a gap, and the run goes on", () => {
  test.each<[Fault, string, string, number]>([
    ["DENIED", "ram.ListGroups", "NoPermission", 1],
    ["THROTTLED", "ram.ListGroups", "Throttling.User", 3],
    ["HTML", "ram.ListGroups", "Collect.UnreadableAnswer", 3],
    ["CUT", "ram.ListGroups", "Collect.NoAnswer", 3],
    ["ENDLESS", "ram.ListGroups", "Collect.NoAnswer", 3],
    ["NO_MARKER", "ram.ListGroups", "Collect.UnreadableAnswer", 3],
    ["BAD_UTF8", "ram.ListGroups", "Collect.UnreadableAnswer", 3],
  ])("%s at %s", async (fault, broken, code, requests) => {
    const faultOf = ({ operation }: { operation: string }) => (operation === broken ? fault : undefined);
    const folder = await newFolder();
    const cloud = await openCloud(world, { faultOf });
    const report = await collect(folder, cloud, patienceFor(fault));
    expect(report.failed).toMatchObject([{ file: "ram.ListGroups.1.json", code, actions: ["ram:ListGroups"] }]);
    expect(cloud.seen.filter(({ operation }) => operation === broken)).toHaveLength(requests);
    const { facts, gaps } = await readBatch(folder);
    expect(facts.users).toEqual((await readWorld(world)).facts.users);
    expect(gaps).toContainEqual(
      expect.objectContaining({ subject: "ram.ListGroups.1", detail: expect.stringContaining(code) }),
    );
  });

  test("at a page in the middle, which leaves the rows before it", async () => {
    const faultOf = ({ operation, query }: { operation: string; query: Readonly<Record<string, string>> }) =>
      operation === "resourcemanager.ListPolicyAttachments" && query.PageNumber === "3" ? "EMPTY_PAGE" : undefined;
    const folder = await newFolder();
    const report = await collect(folder, await openCloud(world, { pageRows: 2, faultOf }));
    expect(report.failed).toMatchObject([{ file: "resourcemanager.ListPolicyAttachments.3.json" }]);
    expect(report.failed[0]?.message).toBe("it is empty, and 4 of 8 rows are there");
    const { gaps } = await readBatch(folder);
    expect(gaps.map(({ subject }) => subject)).toContain("resourcemanager.ListPolicyAttachments.3");
  });

  test("at the list of all attachments, in whose place everyone is asked", async () => {
    const faultOf = ({ operation }: { operation: string }) =>
      operation === "resourcemanager.ListPolicyAttachments" ? ("DENIED" as const) : undefined;
    const folder = await newFolder();
    const own = worldOf("kestrel-lab");
    await collect(folder, await openCloud(own, { faultOf }));
    const pairs = ({ facts }: Awaited<ReturnType<typeof readBatch>>) =>
      new Set(facts.attachments.map(({ policy, principal }) => `${policy} ${principal}`));
    expect(pairs(await readBatch(folder))).toEqual(pairs(await readWorld(own)));
  });

  test("at those as well, in whose place every policy is asked", async () => {
    const broken = /ListPolicyAttachments|ListPoliciesForUser/;
    const faultOf = ({ operation }: { operation: string }) =>
      broken.test(operation) ? ("DENIED" as const) : undefined;
    const cloud = await openCloud(worldOf("kestrel-lab"), { faultOf });
    await collect(await newFolder(), cloud);
    expect(cloud.seen.filter(({ operation }) => operation === "ram.ListEntitiesForPolicy").length).toBeGreaterThan(3);
  });

  test("and its error is written without what it tells of the credentials", async () => {
    const faultOf = ({ operation }: { operation: string }) =>
      operation === "ram.ListUsers" ? ("TELLTALE" as const) : undefined;
    const folder = await newFolder();
    const report = await collect(folder, await openCloud(world, { faultOf }));
    const text = `${await readAll(folder)}${JSON.stringify(report)}`;
    expect(text).toContain("You are not authorized: ACS3-HMAC-SHA256 Credential=***");
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
  });
});

describe("a run ends, and can be continued", () => {
  test.each<[Fault, string, string]>([
    ["EXPIRED", "CREDENTIALS", "the credentials are not taken (`InvalidSecurityToken.Expired`)"],
    ["DROPPED", "NETWORK", "nothing answers any more (ECONNRESET)"],
    ["ENDLESS", "NETWORK", "nothing answers any more (no answer in time)"],
  ])("when every call meets %s", async (fault, kind, words) => {
    const folder = await newFolder();
    let asked = 0;
    const dying = await openCloud(world, { pageRows: 2, faultOf: () => (++asked > 20 ? fault : undefined) });
    const collecting = collect(folder, dying, { timeout: 150 });
    await expect(collecting).rejects.toMatchObject({ kind, message: expect.stringContaining(words) });
    await expect(collecting).rejects.toMatchObject({ message: expect.not.stringContaining("fictional") });
    const { gaps } = await readBatch(folder);
    expect(gaps.map(({ subject }) => subject)).toContain(".unfinished-collection");
    expect(await readAll(folder)).not.toMatch(/Collect\.|InvalidSecurityToken/);

    const report = await collect(folder, await openCloud(world, { pageRows: 2 }));
    expect(report.kept).toBeGreaterThan(0);
    expect(report.continued).toMatch(/^20\d\d-/);
    expect((await readBatch(folder)).facts).toEqual((await readWorld(world)).facts);
  });

  test.each<[Fault, string, string]>([
    ["DENIED", "CREDENTIALS", "`GetCallerIdentity` is refused (`NoPermission`)"],
    ["HTML", "NETWORK", "STS does not answer (the answer is not JSON): check the network"],
    ["EMPTY_OBJECT", "NETWORK", "`AccountId` is missing"],
  ])("and writes nothing when the first call meets %s", async (fault, kind, words) => {
    const folder = await newFolder();
    const collecting = collect(folder, await openCloud(world, { faultOf: () => fault }));
    await expect(collecting).rejects.toMatchObject({ kind, message: expect.stringContaining(words) });
    expect(await readAll(folder)).toBe("");
  });
});
