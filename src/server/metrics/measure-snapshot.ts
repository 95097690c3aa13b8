import { Gauge, type Registry } from "prom-client";
import type { LiveSnapshot } from "../../app/live-snapshot.js";

/** From which revision answers come, how old it is, and whether newer ones would be taken. */
export function measureSnapshot(registry: Registry, live: Pick<LiveSnapshot, "newest" | "trouble">): void {
  const registers = [registry];
  new Gauge({
    name: "revision_info",
    help: "1 for the revision that answers come from.",
    labelNames: ["revision"],
    registers,
    collect() {
      this.reset();
      this.set({ revision: live.newest.revision }, 1);
    },
  });
  new Gauge({
    name: "revision_age_seconds",
    help: "Time since the revision that answers come from was committed.",
    registers,
    collect() {
      this.set(Math.max(0, (Date.now() - Date.parse(live.newest.committedAt)) / 1_000));
    },
  });
  new Gauge({
    name: "snapshot_following",
    help: "1 while the snapshot follows the database, else 0.",
    registers,
    collect() {
      this.set(live.trouble === undefined ? 1 : 0);
    },
  });
}
