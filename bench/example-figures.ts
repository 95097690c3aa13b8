import { join } from "node:path";
import type { Example } from "../src/app/example.js";
import { silentLog } from "../src/app/log.js";
import { openStore } from "../src/app/open-store.js";
import { readExamples } from "../src/app/read-examples.js";
import { importDemo } from "../src/app/run-demo.js";
import { type ChildServer, startChild } from "./child-server.js";
import type { Figure } from "./figure.js";
import { HttpClient } from "./http-client.js";
import { figureOf } from "./http-figures.js";
import { helloOf, takeTurns } from "./take-turns.js";

const MOST = 2;

/**
 * What the playground offers: each example as a ratio to `hello`, on the shipped catalog, and those about accounts with the
 * demonstration company beside it.
 *
 * @param dataDir an empty folder
 * @returns one figure for all, and one for each that costs more than it may
 */
export async function measureExamples(hello: ChildServer, dataDir: string, time: number): Promise<readonly Figure[]> {
  const examples = await readExamples(join(import.meta.dirname, "../schema/operations"));
  const isOfDemo = ({ description }: Example) => description.includes("ramgraph demo");
  const catalog = examples.filter((example) => !isOfDemo(example));
  const figures = await measureOn(hello, dataDir, catalog, time);
  const store = await openStore({ databaseUrl: undefined, dataDir }, silentLog);
  try {
    await importDemo(store.db, { allowShrink: false, onProgress: () => undefined });
  } finally {
    await store.close();
  }
  return summed([...figures, ...(await measureOn(hello, dataDir, examples.filter(isOfDemo), time))]);
}

async function measureOn(
  hello: ChildServer,
  dataDir: string,
  examples: readonly Example[],
  time: number,
): Promise<readonly Figure[]> {
  const server = await startChild("ramgraph-server.ts", [dataDir]);
  const client = new HttpClient();
  try {
    const courses = examples.map(({ name, query, variables }) => ({
      what: `example ${name}`,
      operations: [{ query, variables }],
      p50: MOST,
      batch: 10,
      server,
    }));
    const { timings } = await takeTurns(client, [helloOf(hello, 30), ...courses], time);
    const [base, ...own] = timings;
    return courses.flatMap((course, index) => {
      const timing = own[index];
      return base === undefined || timing === undefined ? [] : [figureOf(course, timing, base)];
    });
  } finally {
    client.close();
    await server.stop();
  }
}

function summed(figures: readonly Figure[]): readonly Figure[] {
  const above = figures.filter(({ isMet }) => isMet === false).sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0));
  const ratios = figures.map(({ ratio }) => ratio ?? 0);
  const total: Figure = {
    what: `the playground's ${figures.length} examples`,
    target: `≤ ${MOST} × hello each`,
    measured: `${figures.length - above.length} of ${figures.length} within it`,
    ratio: Math.max(...ratios),
    isMet: above.length === 0,
  };
  return [total, ...above];
}
