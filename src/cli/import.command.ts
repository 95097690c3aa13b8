import type { Command } from "commander";
import type { Store } from "../app/open-store.js";
import type { ImportResult, ImportRunOptions } from "../app/run-import.js";

interface ImportFlags {
  readonly allowShrink?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

type RunImport = (store: Store, options: ImportRunOptions) => Promise<ImportResult>;

const shrinkFlag = ["--allow-shrink", "take it even if it removes more than half of what the source held"] as const;
const dryFlag = ["--dry-run", "do all of it, show the report, and take it back"] as const;
const jsonFlag = ["--json", "print the result as JSON"] as const;

export function addImportCommands(program: Command): void {
  const group = program
    .command("import")
    .description("bring facts into the database, beside a running server or without one");
  group
    .command("docs")
    .description("saved documentation pages (text, Markdown, HTML): all of them, or none")
    .argument("<paths...>", "files, and folders with such files")
    .option(...shrinkFlag)
    .option(...dryFlag)
    .option(...jsonFlag)
    .addHelpText("after", "\nExamples:\n  ramgraph import docs mqtt-roles.html\n  ramgraph import docs pages/")
    .action(async (paths: readonly string[], flags: ImportFlags) => {
      const { importDocs } = await import("../app/run-import.js");
      await runImport(({ db }, options) => importDocs(db, paths, options), flags);
    });
  group
    .command("account")
    .description("an account, from a folder of raw API responses; it replaces what was known of that account")
    .argument("<folder>", "files `<product>.<Operation>[.<argument>].json`, as the `aliyun` command prints them")
    .option(...shrinkFlag)
    .option(...dryFlag)
    .option(...jsonFlag)
    .addHelpText("after", "\nExample:\n  ramgraph import account exports/production")
    .action(async (folder: string, flags: ImportFlags) => {
      const { importAccountFolder } = await import("../app/run-import.js");
      await runImport(({ db }, options) => importAccountFolder(db, folder, options), flags);
    });
}

async function runImport(run: RunImport, { allowShrink, dryRun, json }: ImportFlags): Promise<void> {
  const [{ withStore }, { migrateStore }, { showProgress }, { describeImport }] = await Promise.all([
    import("./with-store.js"),
    import("../app/migrate-store.js"),
    import("./show-progress.js"),
    import("./describe-import.js"),
  ]);
  const progress = showProgress();
  const result = await withStore(async (store) => {
    await migrateStore(store);
    const options = { allowShrink: allowShrink === true, isDryRun: dryRun === true, onProgress: progress.step };
    return await run(store, options).finally(progress.end);
  });
  process.stdout.write(`${json ? JSON.stringify(result) : describeImport(result, process.stdout.columns ?? 100)}\n`);
}
