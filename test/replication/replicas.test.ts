import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { askApp } from "../../src/app/ask.js";
import { type App, buildApp } from "../../src/app/build-app.js";
import { silentLog } from "../../src/app/log.js";
import { type Line, layLine } from "../server/cut-line.js";
import { type ClusterOfThree, type Node, startThree } from "./cluster-of-three.js";

let three: ClusterOfThree;
/** From the servers to the primary, whichever that is. */
let line: Line;
let open: () => Promise<App>;
let apps: readonly [App, App, App];
const errors: string[] = [];

beforeAll(async () => {
  three = await startThree();
  line = await layLine(three.primary.url);
  const databaseReadUrls = three.replicas.map(({ url }) => url);
  const log = { ...silentLog, error: (_: unknown, message: string) => void errors.push(message) };
  open = () => buildApp({ databaseUrl: line.url, databaseReadUrls, dataDir: "" }, log);
  apps = [await open(), await open(), await open()];
});

afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await line.cut();
  await three.stop();
});

interface Said {
  readonly revision: string | undefined;
  readonly name: string | undefined;
  readonly code: string | undefined;
}

/** What a server says of the state, and of a fact in it. */
async function ask(app: App, at = ""): Promise<Said> {
  const arguments_ = at === "" ? "" : `at: ${at}`;
  const query = `{ snapshot${arguments_ && `(${arguments_})`} { revision } service(code: "ecs" ${arguments_}) { name } }`;
  const { data, errors: refusals = [] } = await askApp(app, { query, variables: {} });
  const found = data as { snapshot?: { revision: string }; service?: { name: string } } | null;
  return { revision: found?.snapshot?.revision, name: found?.service?.name, code: codeOf(refusals[0]) };
}

const codeOf = (refusal: object | undefined) => {
  if (refusal === undefined || !("extensions" in refusal)) return undefined;
  return (refusal.extensions as { readonly code: string }).code;
};

/** Commits a change at a node; gives the revision that it makes. */
async function write(node: Node, name: string): Promise<string> {
  await node.query(`UPDATE service SET name = '${name}' WHERE code = 'ecs'`);
  const [row] = await node.query<{ revision: string }>("SELECT revision::text FROM revision_counter");
  return row?.revision ?? "";
}

/** Asks every server for no older state than that. */
const askAll = (minRevision: string) => Promise.all(apps.map((app) => ask(app, `{ minRevision: "${minRevision}" }`)));

const readsOfPrimary = () => apps.map(({ readers }) => readers.reads[0] ?? 0);

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await sleep(50);
}

test("every server shows every write at once, and reads it from the replicas", async () => {
  const before = readsOfPrimary();
  for (let turn = 0; turn < 20; turn += 1) {
    const revision = await write(three.primary, `write ${turn}`);
    const said = await askAll(revision);
    expect(said).toEqual(apps.map(() => ({ revision, name: `write ${turn}`, code: undefined })));
  }
  expect(readsOfPrimary()).toEqual(before);
});

test("the past and what a viewer may see come from replicas too", async () => {
  const [app] = apps;
  const { revision = "" } = await ask(app);
  const before = readsOfPrimary();
  expect(await ask(app, `{ revision: "${BigInt(revision) - 1n}" }`)).toMatchObject({ name: "write 18" });
  const viewer = { name: "x", seesAllAccounts: false, accountIds: ["1"], mayExplore: false };
  expect((await app.createContext(viewer).snapshotAt()).revision).toBe(revision);
  expect(await app.createContext().history.importRun("1")).toMatchObject({ subject: "catalog" });
  expect(readsOfPrimary()).toEqual(before);
});

test("a replica that is paused, one that stands still, and both: the others are read, and nothing is stale", async () => {
  const [one, two] = three.replicas;
  await one.query("SELECT pg_wal_replay_pause()");
  for (const name of ["paused 1", "paused 2", "paused 3"]) {
    const revision = await write(three.primary, name);
    expect(await askAll(revision)).toEqual(apps.map(() => ({ revision, name, code: undefined })));
  }
  two.freeze();
  for (const name of ["frozen 1", "frozen 2"]) {
    const revision = await write(three.primary, name);
    expect(await askAll(revision)).toEqual(apps.map(() => ({ revision, name, code: undefined })));
  }
  await until(() => apps.every(({ readers }) => readers.replicas[1]?.trouble !== undefined));
  two.thaw();
  await one.query("SELECT pg_wal_replay_resume()");
  await until(() => apps.every(({ readers }) => readers.replicas.every(({ isUsable }) => isUsable)));
});

test("a server leaves though all replicas stand still in the middle of its reading", async () => {
  const app = await open();
  for (const replica of three.replicas) replica.freeze();
  const asked = ask(app, '{ revision: "1" }');
  await app.close();
  for (const replica of three.replicas) replica.thaw();
  await asked;
  await until(() => apps.every(({ readers }) => readers.replicas.every(({ isUsable }) => isUsable)));
});

test("while the primary is away, what got to a replica is shown and no past is lost", async () => {
  const [one] = three.replicas;
  await line.cut();
  await until(() => apps.every(({ live }) => live.trouble !== undefined));
  const before = await ask(apps[0]);
  const revision = await write(three.primary, "behind a cut line");
  expect(await askAll(revision)).toEqual(apps.map(() => ({ revision, name: "behind a cut line", code: undefined })));
  const past = await ask(apps[0], `{ revision: "${BigInt(revision) - 1n}" }`);
  expect(past).toEqual(before);
  expect(await one.query("SELECT pg_is_in_recovery() AS follows")).toEqual([{ follows: true }]);
  await line.mend();
  await until(() => apps.every(({ live }) => live.trouble === undefined));
});

test("a replica that is promoted without the last commit: what was lost is refused, loudly, and never given to another", async () => {
  const [one, two] = three.replicas;
  const kept = await write(three.primary, "kept");
  await until(async () => (await newestOf(one)) === kept && (await newestOf(two)) === kept);
  await three.lines[0].cut();
  const lost = await write(three.primary, "lost");
  await askAll(lost);
  await until(async () => (await newestOf(two)) === lost);
  await three.primary.kill();
  line.redirect(one.url);
  await one.query("SELECT pg_promote()");
  // The other replica still has what was lost, and is not believed.
  await until(async () => (await Promise.all(apps.map((app) => ask(app)))).every(({ revision }) => revision === kept));
  expect((await ask(apps[0])).name).toBe("kept");
  expect(apps.map(({ live }) => live.setBack)).toEqual(apps.map(() => ({ from: lost, to: kept })));
  expect(errors).toHaveLength(apps.length);
  const next = await write(one, "next");
  expect(await askAll(next)).toEqual(apps.map(() => ({ revision: next, name: "next", code: undefined })));
  expect(BigInt(next)).toBeGreaterThan(BigInt(lost));
  expect((await askAll(lost)).map(({ code }) => code)).toEqual(apps.map(() => "REVISION_NOT_AVAILABLE"));
  expect(await askAll(kept)).toEqual(apps.map(() => ({ revision: next, name: "next", code: undefined })));
});

async function newestOf(node: Node): Promise<string | undefined> {
  const [row] = await node.query<{ revision: string }>("SELECT max(revision)::text AS revision FROM revision_log");
  return row?.revision;
}
