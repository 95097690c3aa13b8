import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The folder `node_modules` in which a peer was installed aside, if it was: those that are no dependencies of this package are measured
 * only where `RAMGRAPH_BENCH_PEERS` names one.
 */
export function folderOf(peer: string): string | undefined {
  const folder = process.env.RAMGRAPH_BENCH_PEERS;
  return folder !== undefined && existsSync(join(folder, peer)) ? folder : undefined;
}

/** @param path of its entry, from the folder on */
export async function importPeer(folder: string, path: string): Promise<unknown> {
  return await import(pathToFileURL(join(folder, path)).href);
}
