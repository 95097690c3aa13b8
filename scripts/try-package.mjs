/**
 * Packs what `npm publish` would send, judges it, installs it into an empty folder as a user does, and asks the server that
 * starts there. Needs a built dist/ and the npm registry. No package's install scripts are run: none may be needed.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { tryServer } from "./try-server.mjs";

const root = dirname(import.meta.dirname);
const scratch = await mkdtemp(join(tmpdir(), "ramgraph-package-"));
const folder = join(scratch, "empty");
// What npm tells the scripts that it runs is about this package, and not about the one in the empty folder.
const own = Object.entries(process.env).filter(([name]) => !/^(npm_|RAMGRAPH_|DATABASE_URL)/.test(name));
const env = { ...Object.fromEntries(own), PORT: "0", LOG_LEVEL: "warn" };

try {
  await mkdir(folder);
  const tarball = await pack();
  await judge(tarball);
  await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", tarball]);
  await checkInstalled();
  const { stdout } = await run("npx", ["--no-install", "ramgraph", "--help"]);
  if (!stdout.includes("ramgraph serve")) throw new Error(`not the right help: ${stdout}`);
  const program = join(folder, "node_modules/.bin/ramgraph");
  const ask = ["npx", "--no-install", "ramgraph", "ask", "WhoCanDeleteSecurityGroup"];
  const taken = await tryServer([program, "serve"], ask, { cwd: folder, env });
  console.log(`the installed package answered after ${taken} ms`);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function run(program, args, cwd = folder) {
  return await promisify(execFile)(program, args, { cwd, env, maxBuffer: 16_777_216 });
}

/** Packs without building anew; gives the archive's path. */
async function pack() {
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", scratch];
  const [{ filename, files, size }] = JSON.parse((await run("npm", args, root)).stdout);
  const strays = files.map(({ path }) => path).filter(isStray);
  if (strays.length > 0) throw new Error(`the package holds what no user needs: ${strays.join(", ")}`);
  console.log(`${filename}: ${files.length} files, ${(size / 1_048_576).toFixed(1)} MB packed`);
  return join(scratch, filename);
}

/** Tests, sources and maps stay at home. */
function isStray(path) {
  return /^(test|src|bench|scripts|migrations|playground)\/|\.(map|tsbuildinfo|ts)$|\.(test|soak)\./.test(path);
}

async function judge(tarball) {
  await run(join(root, "node_modules/.bin/publint"), ["run", "--strict", tarball], root);
  // There is nothing to import: the package is a program, and the schema is for other tools than compilers.
  const options = ["--exclude-entrypoints", "./schema.graphql"];
  await run(join(root, "node_modules/.bin/attw"), [tarball, ...options], root);
}

/** No script of ours runs on a user's machine when they install. */
async function checkInstalled() {
  const { scripts } = JSON.parse(await readFile(join(folder, "node_modules/ramgraph/package.json"), "utf8"));
  const own = ["preinstall", "install", "postinstall"].filter((name) => name in scripts);
  if (own.length > 0) throw new Error(`the package has install scripts: ${own.join(", ")}`);
}
