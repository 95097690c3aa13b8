import type { Database } from "../store/database.js";
import { Readers } from "../store/readers.js";
import { ReplicaBehind } from "../store/revision-mark.js";
import type { Log } from "./log.js";

export type { Readers };

/**
 * Finds the servers that facts are read from.
 *
 * @param urls of replicas; one that cannot be reached is read from once it can be
 */
export async function openReaders(primary: Database, urls: readonly string[] = [], log: Log): Promise<Readers> {
  return await Readers.open(primary, urls, {
    onTrouble: (replica, error) => {
      // To lag for a moment is what replicas do.
      if (error instanceof ReplicaBehind) log.debug({ replica }, "a replica is behind; another server is read");
      else log.warn({ err: error, replica }, "a replica cannot be read; another server is");
    },
  });
}
