import { packageRoot } from "./package-root.js";

/** How one calls the program here: in a checkout nothing puts it on the path, and in a project only npx finds it. */
export const PROGRAM = packageRoot.includes("node_modules") ? "npx ramgraph" : "npm run -s ramgraph --";

/** A command where a text shows one: at the start of an example, behind a pipe or a setting, in backticks. */
const COMMAND = /(^ {2}|\| |`|[A-Z_]+=\S+ )ramgraph (?=[a-z<])/gm;

/** A text with its commands as one can type them here. */
export function asTyped(text: string): string {
  return text.replaceAll(COMMAND, `$1${PROGRAM} `);
}
