import { Command } from "commander";
import { asTyped } from "../app/as-typed.js";
import { readVersion } from "../app/read-version.js";
import { showLines } from "./answer/show-text.js";
import { addAskCommand } from "./ask.command.js";
import { addBackupCommand } from "./backup.command.js";
import { addCheckCommand } from "./check.command.js";
import { addCollectCommand } from "./collect.command.js";
import { addDemoCommand } from "./demo.command.js";
import { addDoctorCommand } from "./doctor.command.js";
import { addExplainCommand } from "./explain.command.js";
import { addForgetCommands } from "./forget.command.js";
import { addImportCommands } from "./import.command.js";
import { addImportsCommands } from "./imports.command.js";
import { addMigrateCommand } from "./migrate.command.js";
import { addOperationsCommand } from "./operations.command.js";
import { addPageCommand } from "./page.command.js";
import { addPruneCommand } from "./prune.command.js";
import { addRestoreCommand } from "./restore.command.js";
import { addServeCommand } from "./serve.command.js";
import { addTokenCommands } from "./token.command.js";

const help = `
Examples:
  ramgraph serve
  ramgraph demo
  ramgraph ask WhoCanDeleteSecurityGroup
  ramgraph check policy.json

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong settings, 4 no database, 5 collected with gaps, 130 interrupted.
\`ramgraph <command> --help\` tells more.`;

/** The command line: what there is to call, and nothing of what it does until it is called. */
export function createProgram(): Command {
  const program = new Command("ramgraph")
    .description("Answers questions about permissions on Alibaba Cloud before the fact.")
    .version(readVersion(), "-V, --version", "print the version")
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => process.stdout.write(asTyped(text)),
      writeErr: (text) => process.stderr.write(showLines(asTyped(text))),
    })
    .addHelpText("after", help);
  addServeCommand(program);
  addImportCommands(program);
  addImportsCommands(program);
  addPageCommand(program);
  addForgetCommands(program);
  addPruneCommand(program);
  addCollectCommand(program);
  addDemoCommand(program);
  addAskCommand(program);
  addOperationsCommand(program);
  addCheckCommand(program);
  addExplainCommand(program);
  addMigrateCommand(program);
  addBackupCommand(program);
  addRestoreCommand(program);
  addTokenCommands(program);
  addDoctorCommand(program);
  return program;
}
