import { readFileSync } from "node:fs";

type Settings = Readonly<Record<string, string | undefined>>;

/** Settings that may hold a secret, and can therefore be given as the path of a file. */
const SECRETS = ["DATABASE_URL", "DATABASE_READ_URLS", "RAMGRAPH_TOKEN"];

/** Reads settings that lie in files: `DATABASE_URL_FILE` is the path of a file that holds `DATABASE_URL`. */
export function expandFiles(env: Settings): { readonly settings: Settings; readonly problems: readonly string[] } {
  const settings: Record<string, string | undefined> = { ...env };
  const problems: string[] = [];
  for (const name of SECRETS) {
    const path = env[`${name}_FILE`];
    delete settings[`${name}_FILE`];
    if (path === undefined || path === "") continue;
    if ((env[name] ?? "") !== "") problems.push(`\`${name}\` and \`${name}_FILE\` are both set; leave one out`);
    else {
      const text = readText(path);
      if (text === undefined) problems.push(`\`${name}_FILE\` names a file that cannot be read or is empty`);
      settings[name] = text;
    }
  }
  return { settings, problems };
}

function readText(path: string): string | undefined {
  try {
    const text = readFileSync(path, "utf8").trim();
    return text === "" ? undefined : text;
  } catch {
    return undefined;
  }
}
