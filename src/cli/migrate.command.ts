import type { Command } from "commander";

export function addMigrateCommand(program: Command): void {
  program
    .command("migrate")
    .description("bring the database's schema up to date; `serve` and `import` do it themselves")
    .option("--json", "print the result as JSON")
    .addHelpText("after", "\nExample:\n  DATABASE_URL=postgres://me@db/ramgraph ramgraph migrate")
    .action(runMigrate);
}

async function runMigrate({ json }: { readonly json?: true }): Promise<void> {
  const [{ withStore }, { migrateStore }] = await Promise.all([
    import("./with-store.js"),
    import("../app/migrate-store.js"),
  ]);
  const { applied } = await withStore(migrateStore);
  const words = applied.length === 0 ? "the schema is up to date" : `applied ${applied.join(", ")}`;
  process.stdout.write(`${json ? JSON.stringify({ applied }) : words}\n`);
}
