/**
 * Does what the Dockerfile says in empty folders, for a machine without Docker: each stage gets a folder, COPY and RUN fill it,
 * and the last one is started on a Postgres (DATABASE_URL, else the embedded one of this checkout), asked by its HEALTHCHECK, and
 * stopped by its STOPSIGNAL. What only Docker can show is not tried: the base image, its user, and the read-only root.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = dirname(import.meta.dirname);
const folder = await mkdtemp(join(tmpdir(), "ramgraph-image-"));
const ignored = (await readFile(join(root, ".dockerignore"), "utf8")).split("\n").filter((line) => line !== "");
const steps = readSteps(await readFile(join(root, "Dockerfile"), "utf8"));
const stages = new Map();
let stage = { folder: "", env: {} };
const image = new Map();

try {
  for (const [word, text] of steps) await take(word, text);
  await tryImage();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** `[["FROM", "node:22-slim AS build"], …]`, continued lines joined. */
function readSteps(text) {
  const lines = text.replace(/\\\n\s*/g, "").split("\n");
  const steps = lines.filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return steps.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]);
}

async function take(word, text) {
  console.log(`${word} ${text.slice(0, 100)}`);
  if (word === "FROM") return await begin(text);
  if (word === "RUN") return await run("sh", ["-c", text], stage);
  if (word === "COPY") return await copy(text.split(/\s+/));
  if (word === "ENV") return void Object.assign(stage.env, Object.fromEntries([text.split("=")]));
  if (["CMD", "HEALTHCHECK", "STOPSIGNAL"].includes(word)) return void image.set(word, text);
  if (!["WORKDIR", "USER", "EXPOSE"].includes(word)) throw new Error(`this script does not know ${word}`);
}

async function begin(text) {
  const [, name = "last"] = / AS (\S+)/.exec(text) ?? [];
  stage = { folder: join(folder, name), env: {} };
  stages.set(name, stage);
  await mkdir(stage.folder);
}

async function copy(words) {
  const from = /^--from=(.*)$/.exec(words[0])?.[1];
  const source = from === undefined ? root : stages.get(from).folder;
  const paths = (from === undefined ? words : words.slice(1)).slice(0, -1);
  const target = words.at(-1);
  for (const path of paths.map((each) => each.replace(/^\/app\//, ""))) {
    const isInto = target.endsWith("/") || paths.length > 1;
    const to = path === "." ? stage.folder : join(stage.folder, isInto ? join(target, basename(path)) : target);
    const filter = (each) => from !== undefined || !ignored.includes(relative(root, each).split("/")[0]);
    // A folder cannot be copied into itself, and the scratch folder lies elsewhere.
    await cp(join(source, path), to, { recursive: true, filter });
  }
}

async function run(command, args, { folder: cwd, env }) {
  const child = spawn(command, args, { cwd, env: { ...clean(), ...env }, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}`);
}

/** The environment without what a container would not have. */
function clean() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|RAMGRAPH_|PG|DATABASE_URL)/.test(name));
  return Object.fromEntries(kept);
}

async function tryImage() {
  const database = await openDatabase();
  const settings = { DATABASE_URL: database.url, HOST: "127.0.0.1", PORT: "40717" };
  const container = { folder: stage.folder, env: { ...stage.env, ...settings } };
  await run("node", ["dist/src/cli/main.js", "migrate"], container);
  const [command, ...args] = JSON.parse(image.get("CMD"));
  const env = { ...clean(), ...container.env };
  const server = spawn(command, args, { cwd: stage.folder, env, stdio: ["ignore", "inherit", "inherit"] });
  const ended = once(server, "exit");
  await untilHealthy(container);
  server.kill(image.get("STOPSIGNAL"));
  const [code] = await ended;
  await database.stop();
  if (code !== 0) throw new Error(`the server ended with ${code} after ${image.get("STOPSIGNAL")}`);
  console.log("the image's steps, its health check and its end work");
}

async function untilHealthy(container) {
  const check = image.get("HEALTHCHECK");
  const [command, ...args] = JSON.parse(check.slice(check.indexOf("[")));
  for (let attempt = 1; ; attempt++) {
    const isWell = await run(command, args, container).then(
      () => true,
      () => false,
    );
    if (isWell) return;
    if (attempt === 30) throw new Error("the server did not become healthy");
    await sleep(1_000);
  }
}

async function openDatabase() {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => undefined };
  const { startEmbeddedPostgres } = await import("../dist/src/store/embedded/start-embedded-postgres.js");
  return await startEmbeddedPostgres({ dataDir: join(folder, "data"), log: () => undefined });
}
