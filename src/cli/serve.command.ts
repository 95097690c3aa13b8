import type { Command } from "commander";
import { awaitStop } from "./await-stop.js";

const help = `
Settings, from the environment:
  PORT                      port to listen on (4000; 0 for any free one)
  HOST                      address to listen on (127.0.0.1)
  DATABASE_URL              a Postgres 15 or newer; without it one of our own runs in the data folder
  DATABASE_READ_URLS        replicas of it that facts are read from, divided by commas
  RAMGRAPH_ACCOUNTS         ids of the accounts to load, divided by commas (all)
  RAMGRAPH_DATA_DIR         folder of that Postgres (.ramgraph)
  RAMGRAPH_ALLOW_ANONYMOUS  true serves everyone who reaches an address that is not loopback (false)
  RAMGRAPH_ALLOWED_HOSTS    names by which clients may call the server (loopback names on a loopback address)
  RAMGRAPH_RETENTION        how long history is kept, e.g. 90d (everything)
  LOG_LEVEL                 silent, error, warn, info or debug (info)

Example:
  PORT=8080 ramgraph serve`;

export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("serve the GraphQL API and the playground")
    .addHelpText("after", help)
    .action(runServe);
}

async function runServe(): Promise<void> {
  const [{ readConfig }, { buildApp }, { checkPorts }, { startServer }, { createLog }, { greet }] = await Promise.all([
    import("../app/config.js"),
    import("../app/build-app.js"),
    import("../server/check-ports.js"),
    import("../server/start-server.js"),
    import("../server/create-log.js"),
    import("./greet.js"),
  ]);
  const config = readConfig(process.env);
  const log = createLog(config.logLevel, process.stderr);
  const stop = awaitStop();
  await checkPorts(config);
  const app = await buildApp(config, log);
  try {
    const server = await startServer(app, config, log);
    process.stdout.write(greet(server, config, app.examples[0]?.name));
    log.info({ reason: await stop }, "stopping");
    await server.stop();
  } finally {
    await app.close();
  }
}
