import { readFile } from "node:fs/promises";
import { arch, cpus, loadavg, platform } from "node:os";
import { z } from "zod";
import { figureSchema } from "./figure.js";

const runSchema = z
  .object({
    /** RFC 3339 instant at which it began. */
    when: z.string(),
    /** Seconds that it took. */
    seconds: z.number(),
    machine: z.string(),
    /** Average number of processes that wanted the processor in the minute before it began, and at its end. */
    load: z.tuple([z.number(), z.number()]).readonly(),
    /** What it was called with. */
    command: z.string(),
    size: z.string(),
    figures: z.array(figureSchema).readonly(),
  })
  .readonly();

/** One run of the benchmark, as `--json` prints it. */
export type Run = z.output<typeof runSchema>;

/**
 * Reads what `--json` printed, in the order of the files.
 *
 * @throws for a file that is none of that
 */
export async function readRuns(files: readonly string[]): Promise<readonly Run[]> {
  return await Promise.all(
    files.map(async (file) => {
      const read = runSchema.safeParse(JSON.parse(await readFile(file, "utf8")));
      if (!read.success) throw new Error(`${file}: is not what \`--json\` prints\n${z.prettifyError(read.error)}`);
      return read.data;
    }),
  );
}

/** Where a run takes place. */
export const machineOf = (): string =>
  `${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? ""}, Node ${process.version}`;

/** Of the last minute. */
export const loadOf = (): number => loadavg()[0] ?? 0;

/** When, where and how, in one line. */
export const headOf = ({ when, seconds, machine, load, command }: Run): string =>
  `\`${command}\`: ${when.slice(0, 16).replace("T", " ")} UTC, ${Math.round(seconds)} s, ${machine}, load average ${load.map((each) => each.toFixed(1)).join(" to ")}`;
