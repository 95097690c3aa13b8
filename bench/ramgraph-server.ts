import { createWriteStream } from "node:fs";
import { buildApp } from "../src/app/build-app.js";
import { readConfig } from "../src/app/config.js";
import { createLog } from "../src/server/create-log.js";
import { startServer } from "../src/server/start-server.js";
import { reportToParent } from "./report-to-parent.js";

/** The server as it is run, its log going nowhere: `ramgraph-server.ts <data folder>`. */
const config = readConfig({ PORT: "0", RAMGRAPH_DATA_DIR: process.argv[2], RAMGRAPH_PLAYGROUND: "false" });
const log = createLog(config.logLevel, createWriteStream("/dev/null"));
const start = performance.now();
const app = await buildApp(config, log);
const { origin } = await startServer(app, config, log);
reportToParent({ url: `${origin}/graphql`, loadMs: performance.now() - start });
