import { type Command, Option } from "commander";
import type { Answer } from "../app/ask.js";
import type { Question } from "../app/take-question.js";
import { exitCode } from "./exit-code.js";
import { onInterrupt } from "./on-interrupt.js";

interface AskFlags {
  readonly variable: readonly string[];
  readonly file?: string;
  readonly url?: string;
  readonly json?: true;
}

const examples = `
Examples:
  ramgraph ask WhoCanDeleteSecurityGroup
  ramgraph ask WhatCanThisRoleDo --variable role=AliyunServiceRoleForAlikafka
  ramgraph ask --file mine.graphql --url http://127.0.0.1:4000

Without an operation it lists those that there are.`;

export function addAskCommand(program: Command): void {
  program
    .command("ask")
    .description("ask a question in GraphQL, of a running server or directly of the database")
    .argument("[operation]", "one of the named examples of the playground, or an operation of --file")
    .option("--variable <name=value>", "a value for a variable; may be repeated", collect, [])
    .option("--file <path>", "a GraphQL document of your own")
    .addOption(
      new Option("--url <address>", "the server to ask; without it, the database is asked").env("RAMGRAPH_URL"),
    )
    .option("--json", "print the answer on one line")
    .addHelpText("after", examples)
    .action(runAsk);
}

function collect(value: string, former: readonly string[]): readonly string[] {
  return [...former, value];
}

async function runAsk(operation: string | undefined, { variable, file, url, json }: AskFlags): Promise<void> {
  const { takeQuestion } = await import("../app/take-question.js");
  const question = await takeQuestion({ operation, file, assignments: variable });
  const { askServer } = await import("../app/ask.js");
  const answer = url === undefined ? await askDatabase(question) : await askServer(url, question);
  process.stdout.write(`${JSON.stringify(answer, null, json ? 0 : 2)}\n`);
  for (const { message } of answer.errors ?? []) process.stderr.write(`error: ${message}\n`);
  if (answer.errors) process.exitCode = exitCode.failed;
}

async function askDatabase(question: Question): Promise<Answer> {
  const [{ askApp }, { buildApp }, { readConfig }, { silentLog }] = await Promise.all([
    import("../app/ask.js"),
    import("../app/build-app.js"),
    import("../app/config.js"),
    import("../app/log.js"),
  ]);
  const building = buildApp(readConfig(process.env), silentLog);
  const close = async () => await (await building).close();
  return await onInterrupt(close, async () => {
    const app = await building;
    try {
      return await askApp(app, question);
    } finally {
      await close();
    }
  });
}
