/**
 * Builds dist/ afresh: the compiled server and command line, and the playground's page. `npm ci` runs it by way of `prepare`.
 * Where the compiler is not installed (production installs bring a built dist/) there is nothing to do.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { precompress } from "./precompress.mjs";

const root = dirname(import.meta.dirname);
const dist = join(root, "dist");
const command = join(dist, "src/cli/main.js");
const playground = join(dist, "playground");

const tsc = findCompiler();
if (tsc) await build(tsc);
else if (!existsSync(command)) {
  console.error("dist/ is not built, and the development dependencies that build it are not installed: run `npm ci`");
}

/** The compiler's program; undefined when it or the bundler is not installed. */
function findCompiler() {
  const { resolve } = createRequire(import.meta.url);
  try {
    resolve("vite/package.json");
    return join(dirname(resolve("typescript/package.json")), "bin/tsc");
  } catch {
    return undefined;
  }
}

async function build(tsc) {
  await rm(dist, { recursive: true, force: true });
  // Both run to their end, so that one broken half does not hide what the other has to say.
  const results = await Promise.allSettled([compile(tsc), bundle()]);
  const failures = results.filter((result) => result.status === "rejected");
  for (const { reason } of failures) console.error(reason.stdout || reason);
  if (failures.length > 0) process.exitCode = 1;
}

/** TypeScript of the server and the command line, to dist/src and dist/migrations. */
async function compile(tsc) {
  await promisify(execFile)(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], { cwd: root });
  if (existsSync(command)) await chmod(command, 0o755);
}

/** The playground's page, to dist/playground, each file with compressed copies beside it. */
async function bundle() {
  const vite = await import("vite");
  await vite.build({ configFile: join(root, "playground/vite.config.ts"), logLevel: "warn" });
  await precompress(playground);
}
