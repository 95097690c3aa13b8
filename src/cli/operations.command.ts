import type { Command } from "commander";
import type { TrustedDocument } from "../app/trusted-documents.js";

const examples = `
Clients name a document instead of sending it: {"documentId": "sha256:…", "variables": {…}}. Beside the shipped ones, those
of the folder RAMGRAPH_TRUSTED_DOCUMENTS are known; \`sha256sum\` of a file prints the same digits.

Examples:
  ramgraph operations
  RAMGRAPH_TRUSTED_DOCUMENTS=dashboards ramgraph operations --json`;

export function addOperationsCommand(program: Command): void {
  program
    .command("operations")
    .description("list the documents that clients may name by their sha256, after checking them")
    .option("--json", "print the list as JSON, with the texts")
    .addHelpText("after", examples)
    .action(runOperations);
}

async function runOperations({ json }: { readonly json?: true }): Promise<void> {
  const [{ readConfig }, { listTrustedDocuments }] = await Promise.all([
    import("../app/config.js"),
    import("../app/list-trusted-documents.js"),
  ]);
  const documents = await listTrustedDocuments(readConfig(process.env).trustedDocuments);
  process.stdout.write(json ? `${JSON.stringify(documents.map(toJson))}\n` : documents.map(describe).join(""));
}

const idOf = ({ sha256 }: TrustedDocument) => `sha256:${sha256}`;

function toJson(document: TrustedDocument): object {
  const { operations, file = null, text } = document;
  return { documentId: idOf(document), operations, file, text };
}

function describe(document: TrustedDocument): string {
  const { operations, file } = document;
  return `${idOf(document)}  ${operations.join(", ")}${file === undefined ? "" : `  ${file}`}\n`;
}
