import { type Config, readConfig } from "../config.js";
import { ConfigurationRefused } from "../failure.js";
import { settings } from "../settings.js";
import { type Check, failed, passed } from "./check.js";

type Env = Readonly<Record<string, string | undefined>>;

const HANDBOOK = "docs/operations.md";
const hint = `${HANDBOOK} lists all settings`;

/** Reads the settings as every command does; what is wrong with them is a check for each. */
export function checkSettings(env: Env): { readonly checks: readonly Check[]; readonly config: Config | undefined } {
  try {
    const config = readConfig(env);
    return { config, checks: [passed("settings", describeSettings(env))] };
  } catch (error) {
    if (!(error instanceof ConfigurationRefused)) throw error;
    return { config: undefined, checks: error.problems.map(checkOn) };
  }
}

/** A problem that says itself where to look needs no hint. */
function checkOn(problem: string): Check {
  return failed("settings", problem, problem.includes(HANDBOOK) ? undefined : hint);
}

/** Those that differ from their defaults; what may hold a secret is shown without it. */
function describeSettings(env: Env): string {
  const names = Object.keys(settings.shape).flatMap((name) => [name, `${name}_FILE`]);
  const given = names.filter((name) => (env[name] ?? "") !== "");
  if (given.length === 0) return "all at their defaults";
  return given.map((name) => `${name}=${redact(name, env[name] ?? "")}`).join(", ");
}

function redact(name: string, value: string): string {
  if (name.endsWith("TOKEN")) return "…";
  if (name === "DATABASE_URL") return withoutSecrets(value);
  if (name === "DATABASE_READ_URLS") return value.split(/[,\n]/).map(withoutSecrets).join(",");
  return value;
}

/** Neither user nor password, nor parameters, which may hold both. */
function withoutSecrets(url: string): string {
  const text = url.trim();
  if (!URL.canParse(text)) return "…";
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//…@${host}${pathname}`;
}
