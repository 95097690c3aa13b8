import { type Command, Option } from "commander";
import type { Answer } from "../app/ask.js";
import { ANSWER_FORMATS, type AnswerFormat } from "./answer/formats.js";
import { showLines, showText } from "./answer/show-text.js";
import { exitCode } from "./exit-code.js";

interface AskFlags {
  readonly variable: readonly string[];
  readonly file?: string;
  readonly url?: string;
  readonly format?: AnswerFormat;
  readonly field?: string;
  readonly json?: true;
}

const examples = `
Examples:
  ramgraph ask WhoCanDeleteSecurityGroup
  ramgraph ask WhatCanThisRoleDo --variable role=AliyunServiceRoleForAlikafka
  ramgraph ask WhoCanDeleteSecurityGroup --format table
  ramgraph ask WhatDependsOnWhat --format mermaid
  ramgraph ask '{ users(first: 10) { totalCount nodes { name arn } } }' --format table
  ramgraph ask --file mine.graphql --url http://127.0.0.1:4000

RAMGRAPH_TOKEN, or the file that RAMGRAPH_TOKEN_FILE names, holds the token for a server that asks for one.
Without an operation it lists those that there are.`;

export function addAskCommand(program: Command): void {
  program
    .command("ask")
    .description("ask a question in GraphQL, of a running server or directly of the database")
    .argument(
      "[operation]",
      "one of the named examples of the playground, a GraphQL document, or an operation of --file",
    )
    .option("--variable <name=value>", "a value for a variable; may be repeated", collect, [])
    .option("--file <path>", "a GraphQL document of your own")
    .addOption(
      new Option("--url <address>", "the server to ask; without it, the database is asked").env("RAMGRAPH_URL"),
    )
    .addOption(
      new Option("--format <format>", "how to print the answer: as it came, its rows, or what leads to what").choices(
        ANSWER_FORMATS,
      ),
    )
    .option("--field <path>", "the list that a table or CSV shows, e.g. role.permissions; else the first")
    .option("--json", "print the answer on one line")
    .addHelpText("after", examples)
    .action(runAsk);
}

function collect(value: string, former: readonly string[]): readonly string[] {
  return [...former, value];
}

async function runAsk(operation: string | undefined, flags: AskFlags): Promise<void> {
  const { variable, file, url, field, json, format = "json" } = flags;
  const [{ takeQuestion }, { askQuestion }, { askRevision }, { printAnswer }, { sayMissing }] = await Promise.all([
    import("../app/take-question.js"),
    import("./ask-question.js"),
    import("../app/ask-revision.js"),
    import("./answer/print-answer.js"),
    import("../app/say-missing.js"),
  ]);
  const taken = await takeQuestion({ operation, file, assignments: variable });
  const question = format === "table" || format === "csv" ? askRevision(taken) : taken;
  const answer = await askQuestion(question, url);
  for (const { message } of answer.errors ?? []) process.stderr.write(`error: ${showLines(message)}\n`);
  if (answer.errors) process.exitCode = codeOf(answer.errors);
  if (format !== "json" && (answer.data === undefined || answer.data === null)) return;
  const width = process.stdout.columns ?? DEFAULT_WIDTH;
  const view = { format, width, isCompact: json === true, ...(field !== undefined && { field }) };
  const { text, remarks } = printAnswer(answer, view);
  process.stdout.write(text);
  const missing = answer.errors ? [] : sayMissing(taken, answer.data);
  if (missing.length > 0) process.exitCode = exitCode.failed;
  for (const line of missing) process.stderr.write(`error: ${showText(line)}\n`);
  for (const line of remarks) process.stderr.write(`${showText(line)}\n`);
}

/** A token that is not taken is a matter of settings, as everywhere. */
function codeOf(errors: NonNullable<Answer["errors"]>): number {
  return errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED")
    ? exitCode.configuration
    : exitCode.failed;
}

/** For a table that goes to a file. */
const DEFAULT_WIDTH = 160;
