import { parseArgs } from "node:util";
import { SIZES, type WorldSize } from "./world.js";

/** What can be measured by itself; `peers` take the core's figures along. */
const PARTS = ["import", "core", "peers", "start", "http", "follow", "sweep", "examples"] as const;
export type Part = (typeof PARTS)[number];

/** What a run was asked to do. */
export interface Options {
  readonly sizeName: string;
  readonly size: WorldSize;
  readonly isQuick: boolean;
  /** Print the run as JSON. */
  readonly isJson: boolean;
  /** Print the table for a page. */
  readonly isMarkdown: boolean;
  /** A page in Markdown whose figures, between two marks, are written anew. */
  readonly page: string | undefined;
  /** Where to draw the plot. */
  readonly plot: string | undefined;
  /** A folder that keeps the imported world for the next run. */
  readonly data: string | undefined;
  /** Without `import`, that is measured only where the world is not there yet. */
  readonly only: ReadonlySet<Part>;
  /** What earlier runs printed with `--json`: shown instead of measuring anew. */
  readonly runs: readonly string[];
}

/** @throws for an argument that is not understood, saying which there are */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      size: { type: "string", default: "S" },
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      markdown: { type: "boolean", default: false },
      page: { type: "string" },
      plot: { type: "string" },
      data: { type: "string" },
      only: { type: "string", default: PARTS.filter((part) => part !== "import").join(",") },
    },
  });
  const size = SIZES[values.size];
  if (size === undefined) throw new Error(`\`--size ${values.size}\`: there are ${Object.keys(SIZES).join(", ")}`);
  const { quick: isQuick, json: isJson, markdown: isMarkdown, page, plot, data } = values;
  const only = partsOf(values.only);
  return { sizeName: values.size, size, isQuick, isJson, isMarkdown, page, plot, data, only, runs: positionals };
}

function partsOf(text: string): ReadonlySet<Part> {
  const names = text.split(",");
  const parts = PARTS.filter((part) => names.includes(part));
  if (parts.length === names.length) return new Set(parts);
  throw new Error(`\`--only ${text}\`: names parts divided by commas, of ${PARTS.join(", ")}`);
}
