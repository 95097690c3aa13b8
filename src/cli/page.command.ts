import type { Command } from "commander";
import { withMigratedStore } from "./with-migrated-store.js";

const examples = `
Examples:
  ramgraph page 8f55d605 > page.html
  ramgraph page 8f55d60509a7b3eb27fe48ac254db4e2fc5cafa9a7777ea4302773ba4c87e229 | sha256sum`;

export function addPageCommand(program: Command): void {
  program
    .command("page")
    .description("print an imported documentation page, byte for byte, also one that a newer copy has replaced")
    .argument("<sha256>", "its digest, or the first eight digits and more")
    .addHelpText("after", examples)
    .action(async (digest: string) => {
      const { findOriginal } = await import("../app/find-original.js");
      process.stdout.write(await withMigratedStore((store) => findOriginal(store, digest)));
    });
}
