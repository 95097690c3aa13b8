import { join } from "node:path";
import type { Example } from "../src/app/example.js";
import { silentLog } from "../src/app/log.js";
import { openStore } from "../src/app/open-store.js";
import { packageRoot } from "../src/app/package-root.js";
import { readExamples } from "../src/app/read-examples.js";
import { importDemo } from "../src/app/run-demo.js";
import { type ChildServer, startChild } from "./child-server.js";
import { type Figure, milliseconds } from "./figure.js";
import { HttpClient, type Operation } from "./http-client.js";
import { figureOf } from "./http-figures.js";
import { helloOf, takeTurns } from "./take-turns.js";

const MOST = 2;
/** MiB; what a server has by default. */
const ANSWER_MEMORY = "16";

/** An example, and milliseconds of processor that its answer took when nothing was remembered of it. */
interface Offered {
  readonly figure: Figure;
  readonly first: number;
}

/**
 * What the playground offers, asked over and over: each example as a ratio to `hello`, on the shipped catalog, and those about
 * accounts with the demonstration company beside it.
 *
 * @param dataDir an empty folder
 * @returns one figure for all, and one for each that costs more than it may
 */
export async function measureExamples(hello: ChildServer, dataDir: string, time: number): Promise<readonly Figure[]> {
  const examples = await readExamples(join(packageRoot, "schema/operations"));
  const isOfDemo = ({ description }: Example) => description.includes("ramgraph demo");
  const catalog = examples.filter((example) => !isOfDemo(example));
  const offered = await measureOn(hello, dataDir, catalog, time);
  const store = await openStore({ databaseUrl: undefined, dataDir }, silentLog);
  try {
    await importDemo(store.db, { allowShrink: false, onProgress: () => undefined });
  } finally {
    await store.close();
  }
  return summed([...offered, ...(await measureOn(hello, dataDir, examples.filter(isOfDemo), time))]);
}

async function measureOn(
  hello: ChildServer,
  dataDir: string,
  examples: readonly Example[],
  time: number,
): Promise<readonly Offered[]> {
  const server = await startChild("ramgraph-server.ts", [dataDir, ANSWER_MEMORY]);
  const client = new HttpClient();
  try {
    const courses = examples.map(({ name, query, variables }) => ({
      what: `example ${name}`,
      operations: [{ query, variables }],
      p50: MOST,
      batch: 10,
      server,
    }));
    const first: number[] = [];
    for (const { operations } of courses) first.push(await timeFirst(client, server, operations));
    const { timings } = await takeTurns(client, [helloOf(hello, 30), ...courses], time);
    const [base, ...own] = timings;
    return courses.flatMap((course, index) => {
      const timing = own[index];
      if (base === undefined || timing === undefined) return [];
      return { figure: figureOf(course, timing, base), first: first[index] ?? 0 };
    });
  } finally {
    client.close();
    await server.stop();
  }
}

async function timeFirst(client: HttpClient, server: ChildServer, operations: readonly Operation[]): Promise<number> {
  await server.usage();
  for (const operation of operations) await client.ask(server.url, operation);
  return (await server.usage()).cpuMs;
}

function summed(offered: readonly Offered[]): readonly Figure[] {
  const figures = offered.map(({ figure }) => figure);
  const first = offered.map((each) => each.first).sort((a, b) => a - b);
  const [middle = 0, longest = 0] = [first[Math.floor(first.length / 2)], first.at(-1)];
  const above = figures.filter(({ isMet }) => isMet === false).sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0));
  const ratios = figures.map(({ ratio }) => ratio ?? 0);
  const total: Figure = {
    what: `the playground's ${figures.length} examples`,
    target: `≤ ${MOST} × hello each`,
    measured: [
      `${figures.length - above.length} of ${figures.length} within it`,
      `the first time ${milliseconds(middle)} of processor in the middle, ${milliseconds(longest)} at most`,
    ].join("; "),
    ratio: Math.max(...ratios),
    isMet: above.length === 0,
  };
  return [total, ...above];
}
