import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure } from "./measure.js";
import { type Options, readOptions } from "./options.js";
import { plotOf } from "./plot.js";
import { headOf, loadOf, machineOf, type Run, readRuns } from "./run-record.js";
import { markdownOf, tableOf } from "./table.js";
import { writeInto } from "./write-into.js";

/**
 * Measures a made-up world, or shows what earlier runs measured: docs/performance.md says how it is called. Answers are checked
 * before they are timed, and exit code 1 says that one was wrong, 2 that the call was.
 */
const { options, saved } = await readArguments(process.argv.slice(2));
const runs = saved.length > 0 ? saved : [await run(options)];
if (options.page !== undefined) await writeInto(options.page, markdownOf(runs));
if (options.plot !== undefined) await writeFile(options.plot, plotOf(runs));
process.stdout.write(`${textOf(runs, options)}\n`);

/** Ends with exit code 2 and one line where they are not understood. */
async function readArguments(args: readonly string[]): Promise<{ options: Options; saved: readonly Run[] }> {
  try {
    const understood = readOptions(args);
    return { options: understood, saved: await readRuns(understood.runs) };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

async function run(asked: Options): Promise<Run> {
  const scratch = await mkdtemp(join(tmpdir(), "ramgraph-bench-"));
  const [when, load, start] = [new Date().toISOString(), loadOf(), performance.now()];
  try {
    const figures = await measure(asked, scratch);
    const seconds = (performance.now() - start) / 1000;
    const command = ["npm run bench --", ...process.argv.slice(2)].join(" ");
    return { when, seconds, machine: machineOf(), load: [load, loadOf()], command, size: asked.sizeName, figures };
  } finally {
    await rm(scratch, { recursive: true });
  }
}

function textOf(shown: readonly Run[], { isJson, isMarkdown }: Options): string {
  if (isJson) return shown.map((each) => JSON.stringify(each)).join("\n");
  if (isMarkdown) return markdownOf(shown);
  return shown.map((each) => `${headOf(each)}\n\n${tableOf(each)}`).join("\n\n");
}
