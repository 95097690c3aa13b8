import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const program = join(bundle(), "src/cli/main.js");

/** Bundles the sources afresh, once a run, so that no build is stale: whoever comes first does it, and others wait. */
function bundle(): string {
  const run = process.env.RAMGRAPH_TEST_RUN ?? "";
  const folder = join(root, "node_modules/.cache/ramgraph-process");
  const claim = `${folder}-${run.replace(" ", "-")}`;
  const mark = join(folder, "run");
  // On a Postgres of somebody else's, nothing was cached before.
  mkdirSync(dirname(claim), { recursive: true });
  while (!existsSync(mark) || readFileSync(mark, "utf8") !== run) {
    if (makes(claim)) bundleAs(run, folder, claim);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  return folder;
}

function bundleAs(run: string, folder: string, claim: string): void {
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, "bundle-program.mjs"), folder]);
    writeFileSync(join(folder, "run"), run);
  } finally {
    rmdirSync(claim);
  }
}

/** False where the folder is there already. */
function makes(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

type Settings = Readonly<Record<string, string>>;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** What a command says every few seconds where nobody watches: on a busy machine all take so long. */
const PROGRESS = /^(?:\d+ of \d+ responses, .*|.*: \d+ %)\n/gm;

/** Starts a command with these settings and none that happen to be set around the tests. */
export function startCommand(args: readonly string[], settings: Settings, input = ""): RunningCommand {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env: environment(settings) });
  child.stdin.end(input);
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    output.stdout += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    output.stderr += String(chunk);
  });
  const finished = once(child, "close").then(() => ({
    code: child.exitCode,
    stdout: output.stdout,
    stderr: output.stderr.replace(PROGRESS, ""),
  }));
  return { child, finished };
}

export async function runCommand(args: readonly string[], settings: Settings, input = ""): Promise<Finished> {
  return await startCommand(args, settings, input).finished;
}

export interface RunningServer {
  /** E.g. `http://127.0.0.1:4123`. */
  readonly origin: string;
  /** Where metrics have a door of their own. */
  readonly metricsOrigin: string | undefined;
  readonly child: ChildProcess;
  /** Asks for an orderly end and waits for it. */
  readonly stop: () => Promise<Finished>;
}

/** Starts a server on a free port and waits for the address that it prints. */
export async function startServer(settings: Settings): Promise<RunningServer> {
  const { child, finished } = startCommand(["serve"], { PORT: "0", LOG_LEVEL: "warn", ...settings });
  const [origin, metricsOrigin] = await new Promise<readonly [string, string | undefined]>((resolve, reject) => {
    child.stdout?.on("data", (chunk) => {
      const address = /(http:\/\/\S+)\/graphql/.exec(String(chunk))?.[1];
      const ofMetrics = /(http:\/\/\S+)\/metrics/.exec(String(chunk))?.[1];
      if (address !== undefined) resolve([address, ofMetrics]);
    });
    finished.then(({ stderr }) => reject(new Error(`the server ended: ${stderr}`)), reject);
  });
  const stop = async () => {
    child.kill("SIGTERM");
    return await finished;
  };
  return { origin, metricsOrigin, child, stop };
}

function environment(settings: Settings): NodeJS.ProcessEnv {
  const foreign = /^(RAMGRAPH_.*|DATABASE_URL|PORT|HOST|LOG_LEVEL|NODE_OPTIONS|npm_.*)$/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: "1", ...settings };
}
