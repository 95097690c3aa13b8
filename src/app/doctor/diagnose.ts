import { readVersion } from "../read-version.js";
import { type Check, type Diagnosis, passed } from "./check.js";
import { checkAuth } from "./check-auth.js";
import { checkDatabase } from "./check-database.js";
import { checkDocuments } from "./check-documents.js";
import { checkDisk, checkPorts } from "./check-machine.js";
import { checkSettings } from "./check-settings.js";

/**
 * Looks at everything that ramgraph needs and changes nothing.
 *
 * @param env names and values, as in `process.env`
 */
export async function diagnose(env: Readonly<Record<string, string | undefined>>): Promise<Diagnosis> {
  const version = readVersion();
  const { platform, arch, version: node } = process;
  const checks: Check[] = [passed("version", `ramgraph ${version}, Node ${node}, ${platform} ${arch}`)];
  const { checks: ofSettings, config } = checkSettings(env);
  checks.push(...ofSettings);
  if (config === undefined) return { version, checks };
  checks.push(...(await checkDatabase(config)), await checkDisk(config), ...(await checkPorts(config)));
  checks.push(...(await checkDocuments(config)), ...(await checkAuth(config)));
  return { version, checks };
}
