import { resolve } from "node:path";
import { z } from "zod";
import { ConfigurationRefused } from "./failure.js";
import { isLoopback } from "./loopback.js";
import { readRetention, retentionForm } from "./retention.js";

export const logLevels = ["silent", "error", "warn", "info", "debug"] as const;

export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Undefined runs the embedded Postgres. */
  readonly databaseUrl: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  readonly logLevel: (typeof logLevels)[number];
  /** Names by which clients may call the server, in lower case; undefined allows every name. */
  readonly allowedHosts: ReadonlySet<string> | undefined;
  /** Seconds for which history is kept; undefined keeps all of it. */
  readonly retention: number | undefined;
}

const prefix = "RAMGRAPH_";

const wholeNumber = z.string().regex(/^\d{1,5}$/);

/** What each setting takes, and the words for anything else. */
const shape = {
  PORT: z
    .string()
    .default("4000")
    .refine((text) => wholeNumber.safeParse(text).success && Number(text) <= 65_535, "must be a port from 0 to 65535")
    .transform(Number),
  HOST: z.string().trim().default("127.0.0.1"),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, "must have the form postgres://user:password@host:port/database")
    .optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`).default("info"),
  RAMGRAPH_DATA_DIR: z.string().default(".ramgraph"),
  RAMGRAPH_ALLOW_ANONYMOUS: z.enum(["true", "false"], "must be true or false").default("false"),
  RAMGRAPH_ALLOWED_HOSTS: z.string().optional(),
  RAMGRAPH_RETENTION: z
    .string()
    .refine((text) => readRetention(text) !== undefined, retentionForm)
    .transform(readRetention)
    .optional(),
  RAMGRAPH_URL: z.url({ protocol: /^https?$/, error: "must have the form http://host:port" }).optional(),
};

const settings = z.object(shape);

/**
 * Reads the settings from the environment; an empty one counts as unset.
 *
 * @param env names and values, as in `process.env`
 * @throws ConfigurationRefused with every problem at once, none of which repeats a value that may hold a password
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const read = settings.safeParse(given);
  const problems = [...findUnknown(given), ...(read.error?.issues ?? []).map(describeIssue)];
  if (read.success) problems.push(...findUnsafe(read.data));
  if (!read.success || problems.length > 0) throw new ConfigurationRefused(problems);
  return toConfig(read.data);
}

function toConfig(read: z.output<typeof settings>): Config {
  return {
    port: read.PORT,
    host: read.HOST,
    databaseUrl: read.DATABASE_URL,
    dataDir: resolve(read.RAMGRAPH_DATA_DIR),
    logLevel: read.LOG_LEVEL,
    allowedHosts: chooseHosts(read.HOST, read.RAMGRAPH_ALLOWED_HOSTS),
    retention: read.RAMGRAPH_RETENTION,
  };
}

/**
 * A page of a foreign site can point its own name at 127.0.0.1 and then read what we answer, so on a loopback address
 * only loopback names are served. Elsewhere the operator says which names are ours.
 */
function chooseHosts(host: string, allowed: string | undefined): ReadonlySet<string> | undefined {
  const named = (allowed ?? "").split(",").map((name) => name.trim().toLowerCase());
  if (allowed !== undefined) return new Set(named.filter((name) => name !== ""));
  return isLoopback(host) ? new Set(["localhost", "127.0.0.1", "[::1]", host.toLowerCase()]) : undefined;
}

/** A misspelt setting would silently leave its default in force. */
function findUnknown(given: Readonly<Record<string, unknown>>): string[] {
  const unknown = Object.keys(given).filter((name) => name.startsWith(prefix) && !Object.hasOwn(shape, name));
  const known = Object.keys(shape).filter((name) => name.startsWith(prefix));
  return unknown.map((name) => `unknown setting \`${name}\`; those with this prefix are ${known.join(", ")}`);
}

function findUnsafe(read: z.output<typeof settings>): string[] {
  if (isLoopback(read.HOST) || read.RAMGRAPH_ALLOW_ANONYMOUS === "true") return [];
  const address = `\`HOST\` is \`${read.HOST}\`, where everyone who reaches it could read all permissions`;
  return [`${address}: leave it at 127.0.0.1, or set RAMGRAPH_ALLOW_ANONYMOUS=true if a proxy keeps strangers out`];
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return `\`${path.join(".")}\` ${message}`;
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
}
