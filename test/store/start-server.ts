import { startEmbeddedPostgres } from "../../src/store/embedded/start-embedded-postgres.js";

/** Runs in a process of its own: starts the server on a folder, says so, and leaves when its input ends. */
const [dataDir = ""] = process.argv.slice(2);
const { isAdopted, url, stop } = await startEmbeddedPostgres({ dataDir, isDurable: false, log: () => undefined });
process.stdout.write(`${url} ${isAdopted ? "adopted" : "started"}\n`);
process.stdin.resume().once("end", () => {
  void stop().then(() => process.exit(0));
});
