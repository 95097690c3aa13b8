import { text } from "node:stream/consumers";
import { type Command, Option } from "commander";
import type { Explanation } from "../app/denial-question.js";
import { exitCode } from "./exit-code.js";

interface ExplainFlags {
  readonly sessionPolicy?: string;
  readonly asOf?: string;
  readonly url?: string;
  readonly json?: true;
}

const examples = `
Examples:
  ramgraph explain denial.json
  aliyun ram DecodeDiagnosticMessage --EncodedDiagnosticMessage AQEA… | ramgraph explain -
  ramgraph explain denial.json --session-policy session.json --as-of 2026-11-20T08:30:00Z

The error that a denied call gave holds the encoded message; DecodeDiagnosticMessage makes it readable.`;

export function addExplainCommand(program: Command): void {
  program
    .command("explain")
    .description("hold a denial that the cloud gave beside our own answer, layer by layer")
    .argument("<file>", "the response of ram DecodeDiagnosticMessage; - for standard input")
    .option("--session-policy <file>", "the policy that the role's session was narrowed with")
    .option("--as-of <instant>", "look at the facts as they were then, e.g. 2026-11-20T08:30:00Z")
    .addOption(
      new Option("--url <address>", "the server to ask; without it, the database is asked").env("RAMGRAPH_URL"),
    )
    .option("--json", "print the answer as JSON on one line")
    .addHelpText("after", examples)
    .action(runExplain);
}

async function runExplain(file: string, { sessionPolicy, asOf, url, json }: ExplainFlags): Promise<void> {
  const [{ denialQuestion, readExplanation, readText }, { askQuestion }, { showLines }] = await Promise.all([
    import("../app/denial-question.js"),
    import("./ask-question.js"),
    import("./answer/show-text.js"),
  ]);
  const message = file === "-" ? await text(process.stdin) : await readText(file);
  const answer = await askQuestion(await denialQuestion({ message, sessionPolicy, asOf }), url);
  for (const error of answer.errors ?? []) process.stderr.write(`error: ${showLines(error.message)}\n`);
  if (answer.errors) process.exitCode = exitCode.failed;
  const explanation = readExplanation(answer);
  if (explanation === undefined) return;
  process.stdout.write(`${json === true ? JSON.stringify(answer) : await describe(explanation)}\n`);
}

async function describe({ sentence, layers, reasons }: Explanation): Promise<string> {
  const [{ toTable }, { showText }] = await Promise.all([
    import("./answer/to-table.js"),
    import("./answer/show-text.js"),
  ]);
  const rows = layers.map(
    ({ layer, theirs, ours, agrees }) =>
      new Map([
        ["layer", layer],
        ["cloud", theirs],
        ["ramgraph", ours],
        ["agrees", agrees === null ? "" : agrees ? "yes" : "no"],
      ]),
  );
  const table = toTable({ columns: ["layer", "cloud", "ramgraph", "agrees"], rows }, process.stdout.columns ?? 160);
  const notes = reasons.map(({ code, message }) => showText(`${code} ${message}`));
  return [showText(sentence), "", table, ...(notes.length === 0 ? [] : ["", ...notes])].join("\n");
}
