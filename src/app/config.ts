import { resolve } from "node:path";
import type { z } from "zod";
import { MAX_DISTANCE, nameDistance } from "../policy/nearest-name.js";
import { type AuthConfig, toAuthConfig } from "./auth-settings.js";
import { expandFiles } from "./expand-files.js";
import { ConfigurationRefused } from "./failure.js";
import { isLoopback } from "./loopback.js";
import { type MetricsDoor, toMetricsDoor } from "./metrics-settings.js";
import { type introspections, type logLevels, type Settings, settings } from "./settings.js";
import { findUnsafe } from "./unsafe-settings.js";

export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Undefined runs the embedded Postgres. */
  readonly databaseUrl: string | undefined;
  /** Replicas that facts are read from; none when empty. */
  readonly databaseReadUrls: readonly string[];
  /** Accounts that are loaded; undefined loads all. */
  readonly accountIds: ReadonlySet<string> | undefined;
  /** Absolute. */
  readonly dataDir: string;
  readonly logLevel: (typeof logLevels)[number];
  /** Names by which clients may call the server, in lower case; undefined allows every name. */
  readonly allowedHosts: ReadonlySet<string> | undefined;
  readonly auth: AuthConfig;
  /** Who may read the schema by introspection. */
  readonly introspection: (typeof introspections)[number];
  readonly hasPlayground: boolean;
  /** Milliseconds that one operation may take. */
  readonly operationTimeout: number;
  /** What one operation may cost. */
  readonly maxCost: number;
  /** What a viewer may spend in a minute; undefined where nobody has to say who they are, or all may. */
  readonly costPerMinute: number | undefined;
  /** Bytes for answers that are given again while nothing changes; 0 remembers none. */
  readonly answerMemory: number;
  /** Undefined shows metrics beside the answers, to tokens that see all accounts. */
  readonly metricsDoor: MetricsDoor | undefined;
  /** Milliseconds for which a server that stops still takes requests, while `/readyz` already says so. */
  readonly drainDelay: number;
  /** Absolute: a folder with documents that are trusted beside the examples. */
  readonly trustedDocuments: string | undefined;
  /** True where nothing but trusted documents is answered. */
  readonly onlyTrusted: boolean;
  /** Whose pages may ask, e.g. `https://portal.example.com`. */
  readonly corsOrigins: ReadonlySet<string>;
  /** Seconds for which history is kept; undefined keeps all of it. */
  readonly retention: number | undefined;
}

const prefix = "RAMGRAPH_";

/**
 * Reads the settings from the environment; an empty one counts as unset.
 *
 * @param env names and values, as in `process.env`
 * @throws ConfigurationRefused with every problem at once, none of which repeats a value that may hold a password
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const files = expandFiles(env);
  const given = Object.fromEntries(
    Object.entries(files.settings).filter(([, value]) => value !== undefined && value !== ""),
  );
  const read = settings.safeParse(given);
  const issues = read.error?.issues ?? [];
  const problems = [
    ...files.problems,
    ...findUnknown(given),
    ...issues.map(describeIssue),
    ...findConflicts(given, new Set(issues.map(({ path }) => String(path[0])))),
  ];
  if (!read.success || problems.length > 0) throw new ConfigurationRefused(problems);
  return toConfig(read.data);
}

function toConfig(read: Settings): Config {
  return {
    port: read.PORT,
    host: read.HOST,
    databaseUrl: read.DATABASE_URL,
    databaseReadUrls: read.DATABASE_READ_URLS ?? [],
    accountIds: read.RAMGRAPH_ACCOUNTS && new Set(read.RAMGRAPH_ACCOUNTS),
    dataDir: resolve(read.RAMGRAPH_DATA_DIR),
    logLevel: read.LOG_LEVEL,
    auth: toAuthConfig(read),
    introspection: read.RAMGRAPH_INTROSPECTION,
    hasPlayground: read.RAMGRAPH_PLAYGROUND === "true",
    allowedHosts: chooseHosts(read.HOST, read.RAMGRAPH_ALLOWED_HOSTS),
    operationTimeout: read.RAMGRAPH_OPERATION_TIMEOUT,
    maxCost: read.RAMGRAPH_MAX_COST,
    costPerMinute: read.RAMGRAPH_AUTH === undefined ? undefined : read.RAMGRAPH_COST_PER_MINUTE,
    answerMemory: read.RAMGRAPH_ANSWER_MEMORY * 2 ** 20,
    metricsDoor: toMetricsDoor(read),
    drainDelay: read.RAMGRAPH_DRAIN_DELAY ?? 0,
    trustedDocuments: read.RAMGRAPH_TRUSTED_DOCUMENTS && resolve(read.RAMGRAPH_TRUSTED_DOCUMENTS),
    onlyTrusted: read.RAMGRAPH_ONLY_TRUSTED === "true",
    corsOrigins: read.RAMGRAPH_CORS_ORIGINS,
    retention: read.RAMGRAPH_RETENTION,
  };
}

/**
 * A page of a foreign site can point its own name at 127.0.0.1 and then read what we answer, so on a loopback address
 * only loopback names are served. Elsewhere the operator says which names are ours.
 */
export function chooseHosts(host: string, allowed: string | undefined): ReadonlySet<string> | undefined {
  const named = (allowed ?? "").split(",").map((name) => name.trim().toLowerCase());
  if (allowed !== undefined) return new Set(named.filter((name) => name !== ""));
  return isLoopback(host) ? new Set(["localhost", "127.0.0.1", "[::1]", host.toLowerCase()]) : undefined;
}

/** What hangs on a setting that is wrong by itself is told once that one is right. */
function findConflicts(given: Readonly<Record<string, unknown>>, wrong: ReadonlySet<string>): readonly string[] {
  const right = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)));
  return findUnsafe(settings.parse(right), right).filter(
    (sentence) => !namesIn(sentence).some((name) => wrong.has(name)),
  );
}

const namesIn = (sentence: string): readonly string[] => sentence.match(/\b[A-Z][A-Z_]+\b/g) ?? [];

/** A misspelt setting would silently leave its default in force. */
function findUnknown(given: Readonly<Record<string, unknown>>): string[] {
  const known = Object.keys(settings.shape).filter((name) => name.startsWith(prefix));
  const unknown = Object.keys(given).filter((name) => name.startsWith(prefix) && !known.includes(name));
  return unknown.map((name) => {
    const near = known.filter((each) => nameDistance(name, each) <= MAX_DISTANCE);
    const hint =
      near.length > 0 ? `did you mean ${near.join(" or ")}?` : "docs/operations.md lists those that there are";
    return `unknown setting \`${name}\`: ${hint}`;
  });
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return `\`${path.join(".")}\` ${message}`;
}
