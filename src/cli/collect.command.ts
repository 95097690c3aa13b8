import { type Command, Option } from "commander";
import type { CollectReport } from "../app/run-collect.js";
import { describeCollection } from "./describe-collection.js";
import { exitCode } from "./exit-code.js";
import { onInterrupt } from "./on-interrupt.js";

interface CollectFlags {
  readonly profile?: string;
  readonly region?: readonly string[];
  readonly replace?: true;
  readonly retry?: true;
  readonly endpoint?: string;
  readonly timeout: string;
  readonly concurrency: string;
  readonly json?: true;
}

const help = `
Examples:
  ramgraph collect exports/production
  ramgraph collect exports/production --profile audit --region cn-hangzhou ap-southeast-1
  ramgraph collect exports/production --replace && ramgraph import account exports/production

Credentials come from the environment, the \`aliyun\` command's settings, or the instance's role. Every call only reads.
The same command continues what was stopped. Exit code ${exitCode.incomplete} when calls failed: the folder can be imported, with gaps.`;

export function addCollectCommand(program: Command): void {
  program
    .command("collect")
    .description("fetch an account into a folder that `import account` reads")
    .argument("<folder>", "where the responses go: empty or new, or one whose collecting was stopped")
    .option("--profile <name>", "a profile of the `aliyun` command's settings")
    .option("--region <ids...>", "regions whose tags are read beside those where resources lie (cn-hangzhou)")
    .addOption(new Option("--replace", "collect anew what the folder holds").conflicts("retry"))
    .option("--retry", "of a finished folder, ask again only what failed")
    .option("--endpoint <address>", "send all calls to this address, e.g. of a gateway: https://host:port")
    .option("--timeout <seconds>", "how long an answer may take", "30")
    .option("--concurrency <calls>", "calls under way at once, 16 at most", "4")
    .option("--json", "print the report as JSON")
    .addHelpText("after", help)
    .action(runCollect);
}

async function runCollect(folder: string, flags: CollectFlags): Promise<void> {
  const [{ collectFolder }, { showGrowingProgress }] = await Promise.all([
    import("../app/run-collect.js"),
    import("./show-growing-progress.js"),
  ]);
  const { profile, region: regions = [], endpoint, timeout, concurrency } = flags;
  const former = flags.replace ? "REPLACE" : flags.retry ? "RETRY" : "CONTINUE";
  const progress = showGrowingProgress();
  const leave = async () => {
    progress.end();
    process.stderr.write(`what is there stays in ${folder}; the same command continues\n`);
  };
  const report = await onInterrupt(leave, async () => {
    const settings = { profile, regions, endpoint, timeout, concurrency, former } as const;
    const listener = { onProgress: progress.step, onWait: (reason: string) => progress.note(`waiting: ${reason}`) };
    return await collectFolder(folder, settings, listener).finally(progress.end);
  });
  print(folder, report, flags.json === true);
}

function print(folder: string, report: CollectReport, isJson: boolean): void {
  process.stdout.write(`${isJson ? JSON.stringify({ folder, ...report }) : describeCollection(folder, report)}\n`);
  if (report.failed.length > 0) process.exitCode = exitCode.incomplete;
}
