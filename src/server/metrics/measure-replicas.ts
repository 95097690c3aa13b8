import { Gauge, type Registry } from "prom-client";
import type { LiveSnapshot } from "../../app/live-snapshot.js";
import type { Readers } from "../../app/open-readers.js";

/** How far each replica has got, and where facts are read. Replicas have the numbers in which the setting names them. */
export function measureReplicas(
  registry: Registry,
  readers: Pick<Readers, "replicas" | "reads">,
  live: Pick<LiveSnapshot, "newest" | "setBack">,
): void {
  const registers = [registry];
  const labelNames = ["replica"];
  const replicas = [...readers.replicas.entries()].map(([at, replica]) => [String(at + 1), replica] as const);
  new Gauge({
    name: "replica_up",
    help: "1 while the replica can be read, else 0.",
    labelNames,
    registers,
    collect() {
      for (const [replica, { isUsable }] of replicas) this.set({ replica }, isUsable ? 1 : 0);
    },
  });
  new Gauge({
    name: "replica_revisions_behind",
    help: "Revisions that answers come from and the replica had not got when it was last looked at.",
    labelNames,
    registers,
    collect() {
      for (const [replica, { mark }] of replicas) this.set({ replica }, mark ? behind(live, mark.revision) : 0);
    },
  });
  new Gauge({
    name: "store_reads",
    help: "Loads of facts since the start that succeeded, by where they were read.",
    labelNames: ["from"],
    registers,
    collect() {
      for (const [at, count] of readers.reads.entries()) this.set({ from: at === 0 ? "primary" : String(at) }, count);
    },
  });
  new Gauge({
    name: "history_set_back",
    help: "1 once the database turned out to lack a revision that answers had come from, else 0.",
    registers,
    collect() {
      this.set(live.setBack === undefined ? 0 : 1);
    },
  });
}

function behind({ newest }: Pick<LiveSnapshot, "newest">, revision: string): number {
  return Math.max(0, Number(BigInt(newest.revision) - BigInt(revision)));
}
