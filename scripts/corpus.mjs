/**
 * Sends every document below the given folders through the checks of `ramgraph check`, and counts what comes out:
 * `npm run corpus -- <folder...> [--json] [--examples 3]`. A documentation page of which `test/expectations/pages` says
 * what it holds is compared with that, fact by fact. Exit code 1 when a page differs or a document raises an exception.
 */
import { parseArgs } from "node:util";
import { checkFiles } from "./corpus/check-files.ts";
import { describePages, isExact } from "./corpus/check-pages.ts";
import { countFindings, describeFindings, findingsOf } from "./corpus/describe-findings.ts";
import { listFiles } from "./corpus/list-files.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, examples: { type: "string", default: "3" } },
});
if (positionals.length === 0) throw new Error("name at least one folder: npm run corpus -- <folder>");

const { documents, pages, crashes } = await checkFiles(await listFiles(positionals));
const counts = countFindings(documents);
if (values.json) console.log(JSON.stringify({ ...counts, pages, crashes, found: findingsOf(documents) }));
else {
  console.log(`documents: ${counts.documents}`, counts.outcomes);
  const lines = [...describeFindings(documents, Number(values.examples)), ...describePages(pages)];
  for (const line of lines) console.log(line);
  for (const { place, error } of crashes) console.log(`\ncrash at ${place}: ${error}`);
}
process.exitCode = crashes.length > 0 || !pages.every(isExact) ? 1 : 0;
