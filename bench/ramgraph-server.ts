import { createWriteStream } from "node:fs";
import { buildApp } from "../src/app/build-app.js";
import { readConfig } from "../src/app/config.js";
import { createLog } from "../src/server/create-log.js";
import { startServer } from "../src/server/start-server.js";
import { reportToParent } from "./report-to-parent.js";

/**
 * The server as it is run, its log going nowhere: `ramgraph-server.ts <data folder> <MiB>`. It remembers no answers unless it is told to,
 * so that each is worked out whose time is taken.
 */
const [, , dataDir, answerMemory = "0"] = process.argv;
const config = readConfig({
  PORT: "0",
  RAMGRAPH_DATA_DIR: dataDir,
  RAMGRAPH_PLAYGROUND: "false",
  RAMGRAPH_ANSWER_MEMORY: answerMemory,
});
const log = createLog(config.logLevel, createWriteStream("/dev/null"));
const start = performance.now();
const app = await buildApp(config, log);
const { origin } = await startServer(app, config, log);
reportToParent({ url: `${origin}/graphql`, loadMs: performance.now() - start });
