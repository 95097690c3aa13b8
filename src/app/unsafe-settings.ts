import { parse } from "node:path";
import { findHalfAuth } from "./auth-settings.js";
import { isLoopback } from "./loopback.js";
import { findMetricsTroubles } from "./metrics-settings.js";
import type { Settings } from "./settings.js";

type Given = Readonly<Record<string, unknown>>;

/**
 * Settings that are each well formed and together would show permissions to people whom nobody meant, or keep everybody out.
 *
 * @param given what the environment holds, by name
 * @returns a sentence for each; none repeats a value that may hold a password
 */
export function findUnsafe(read: Settings, given: Given): readonly string[] {
  return [
    ...findOpenDoors(read),
    ...findHalfAuth(read, given),
    ...findPlaceholders(read),
    ...findHostTroubles(read),
    ...findDataTroubles(read),
    ...findCostTroubles(read, given),
    ...findMetricsTroubles(read, given),
  ];
}

function findOpenDoors({ HOST, RAMGRAPH_ALLOW_ANONYMOUS, RAMGRAPH_AUTH, RAMGRAPH_INTROSPECTION }: Settings): string[] {
  const problems: string[] = [];
  const isAnonymous = RAMGRAPH_ALLOW_ANONYMOUS === "true";
  if (!isLoopback(HOST) && !isAnonymous && RAMGRAPH_AUTH === undefined) {
    const address = `\`HOST\` is \`${HOST}\`, where everyone who reaches it could read all permissions`;
    problems.push(
      `${address}: leave it at 127.0.0.1, set RAMGRAPH_AUTH, or set RAMGRAPH_ALLOW_ANONYMOUS=true if a proxy keeps strangers out`,
    );
  }
  if (isAnonymous && RAMGRAPH_AUTH !== undefined) {
    problems.push("`RAMGRAPH_ALLOW_ANONYMOUS` is true and `RAMGRAPH_AUTH` asks for tokens: leave one of them out");
  }
  if (RAMGRAPH_INTROSPECTION === "explorers" && RAMGRAPH_AUTH === undefined) {
    problems.push("`RAMGRAPH_INTROSPECTION` is explorers, and without RAMGRAPH_AUTH nobody is known to be one");
  }
  return problems;
}

/** Values of examples that somebody forgot to replace. */
const PLACEHOLDERS = new Set(["changeme", "change-me", "change_me", "password", "secret", "example", "todo", "xxx"]);

function findPlaceholders(read: Settings): string[] {
  const { DATABASE_URL = "", DATABASE_READ_URLS = [], RAMGRAPH_URL, RAMGRAPH_OIDC_AUDIENCE } = read;
  const problems: string[] = [];
  if (isPlaceholder(DATABASE_URL)) {
    problems.push("`DATABASE_URL` holds a password as it stands in examples; choose one of your own");
  }
  if (DATABASE_READ_URLS.some(isPlaceholder)) {
    problems.push("`DATABASE_READ_URLS` holds a password as it stands in examples; choose one of your own");
  }
  if (DATABASE_READ_URLS.length > 0 && DATABASE_URL === "") {
    problems.push("`DATABASE_READ_URLS` is set and `DATABASE_URL` is not: name the primary that they are replicas of");
  }
  if (RAMGRAPH_URL !== undefined && new URL(RAMGRAPH_URL).username !== "") {
    problems.push("`RAMGRAPH_URL` holds a user name or password, which ends up in logs; give an API token instead");
  }
  if (RAMGRAPH_OIDC_AUDIENCE === "*") {
    problems.push("`RAMGRAPH_OIDC_AUDIENCE` is `*`, which would take tokens that were made for other programs");
  }
  return problems;
}

function isPlaceholder(url: string): boolean {
  const password = url === "" ? "" : decodeURIComponent(new URL(url).password).toLowerCase();
  return PLACEHOLDERS.has(password) || /^<.*>$/.test(password);
}

function findHostTroubles({ RAMGRAPH_ALLOWED_HOSTS }: Settings): string[] {
  const names = (RAMGRAPH_ALLOWED_HOSTS ?? "").split(",").map((name) => name.trim());
  const wrong = names.find((name) => name !== "" && !/^(\[[0-9a-f:]+\]|[\w.-]+)$/i.test(name));
  if (wrong !== undefined) {
    return ["`RAMGRAPH_ALLOWED_HOSTS` takes names without scheme, port or wildcard, such as graph.example.com"];
  }
  if (RAMGRAPH_ALLOWED_HOSTS !== undefined && names.every((name) => name === "")) {
    return ["`RAMGRAPH_ALLOWED_HOSTS` names no host, so every request would be refused"];
  }
  return [];
}

function findDataTroubles({ RAMGRAPH_DATA_DIR, DATABASE_URL }: Settings): string[] {
  const isRoot = parse(RAMGRAPH_DATA_DIR).dir === RAMGRAPH_DATA_DIR;
  if (!isRoot || DATABASE_URL !== undefined || RAMGRAPH_DATA_DIR === "") return [];
  return ["`RAMGRAPH_DATA_DIR` is the root of the file system; name a folder of its own"];
}

function findCostTroubles(
  { RAMGRAPH_MAX_COST, RAMGRAPH_COST_PER_MINUTE: perMinute, RAMGRAPH_AUTH }: Settings,
  given: Given,
): string[] {
  if (given.RAMGRAPH_COST_PER_MINUTE !== undefined && perMinute !== undefined && RAMGRAPH_AUTH === undefined) {
    return ["`RAMGRAPH_COST_PER_MINUTE` is set, and without RAMGRAPH_AUTH nobody is known to count it for"];
  }
  if (perMinute === undefined || perMinute >= RAMGRAPH_MAX_COST) return [];
  return [
    `\`RAMGRAPH_COST_PER_MINUTE\` is below RAMGRAPH_MAX_COST (${RAMGRAPH_MAX_COST}): what one operation may cost could never be paid`,
  ];
}
