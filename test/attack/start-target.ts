import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildSchema, type GraphQLSchema } from "graphql";
import { createTestDatabase } from "../database.js";
import { type RunningServer, runCommand, startServer } from "../ramgraph-process.js";
import { parse } from "../server/send.js";
import { SEEN } from "./sample-values.js";

/** A server to be attacked: the demonstration company, of which the attacker sees one account. */
export interface Target extends RunningServer {
  readonly schema: GraphQLSchema;
  /** Of the attacker. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the operator, who sees all accounts. */
  readonly operator: Readonly<Record<string, string>>;
  /** Bytes on the heap of the server, and of the process. */
  readonly measure: () => Promise<{ readonly heap: number; readonly resident: number }>;
  readonly close: () => Promise<void>;
}

/** @param more settings beside those of a server that asks for tokens and spares nobody's budget */
export async function startTarget(more: Readonly<Record<string, string>> = {}): Promise<Target> {
  const database = await createTestDatabase();
  const settings = { DATABASE_URL: database.url };
  await runCommand(["demo"], settings);
  const headers = await createBearer(settings, ["--name", "attacker", "--accounts", SEEN]);
  const operator = await createBearer(settings, ["--name", "operator", "--all-accounts", "--expires", "1d"]);
  const server = await startServer({ ...settings, RAMGRAPH_AUTH: "tokens", RAMGRAPH_COST_PER_MINUTE: "off", ...more });
  return {
    ...server,
    schema: buildSchema(await readFile(join(import.meta.dirname, "../../schema/schema.graphql"), "utf8")),
    headers,
    operator,
    measure: () => measure(server.origin, operator),
    close: async () => {
      await server.stop();
      await database.drop();
    },
  };
}

async function createBearer(settings: Readonly<Record<string, string>>, flags: readonly string[]) {
  const { stdout } = await runCommand(["token", "create", "--json", ...flags], settings);
  const { token } = parse(stdout) as { token: string };
  return { authorization: `Bearer ${token}` };
}

async function measure(origin: string, headers: Readonly<Record<string, string>>) {
  const text = await (await fetch(`${origin}/metrics`, { headers })).text();
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)`, "m").exec(text)?.[1]);
  return { heap: read("nodejs_heap_size_used_bytes"), resident: read("process_resident_memory_bytes") };
}
