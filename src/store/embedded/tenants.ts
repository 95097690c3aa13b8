import { randomUUID } from "node:crypto";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "./make-folder.js";
import { identifyProcess, isAlive } from "./process-identity.js";

/** Enters this process among those that use the server; gives the name under which it stands. */
export async function enter(dataDir: string): Promise<string> {
  const tenant = `${identifyProcess(process.pid) ?? process.pid}_${randomUUID()}`;
  await makeFolder(folderOf(dataDir));
  await writeFile(join(folderOf(dataDir), tenant), "", { mode: 0o600 });
  return tenant;
}

/** Strikes a tenant out, and with it all that are dead; true when nobody is left. */
export async function leave(dataDir: string, tenant: string): Promise<boolean> {
  const tenants = await readdir(folderOf(dataDir));
  const gone = tenants.filter((name) => name === tenant || !isAlive(name.slice(0, name.indexOf("_"))));
  await Promise.all(gone.map((name) => rm(join(folderOf(dataDir), name), { force: true })));
  return gone.length === tenants.length;
}

const folderOf = (dataDir: string) => join(dataDir, "tenants");
