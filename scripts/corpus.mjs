/**
 * Sends every document below the given folders through the checks of `ramgraph check`, and counts what comes out:
 * `npm run corpus -- <folder...> [--json] [--examples 3]`. A line of JSON Lines may hold `verbatim`, the text as it was found
 * where that was no JSON; it is read as well. Exit code 1 when anything could not be taken without an exception.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkDocuments } from "../src/app/check-documents.ts";
import { parsePolicy } from "../src/policy/parse-policy.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, examples: { type: "string", default: "3" } },
});
if (positionals.length === 0) throw new Error("name at least one folder: npm run corpus -- <folder>");

const checked = [];
const crashes = [];
for (const folder of positionals) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    await attempt(file, async () => checked.push(...(await checkDocuments([file], async () => ""))));
    if (file.endsWith(".jsonl")) await checkVerbatim(file);
  }
}

async function attempt(place, run) {
  try {
    await run();
  } catch (error) {
    crashes.push({ place, error: String(error) });
  }
}

async function checkVerbatim(file) {
  for (const [index, text] of (await readFile(file, "utf8")).split("\n").entries()) {
    const place = { file, line: index + 1 };
    await attempt(`${file}:${place.line}`, async () => {
      const { name, verbatim } = text.trim() === "" ? {} : JSON.parse(text);
      if (typeof verbatim !== "string") return;
      checked.push({ ...place, name: `${name} (verbatim)`, findings: parsePolicy(verbatim, "IDENTITY").findings });
    });
  }
}

const outcomeOf = ({ findings }) =>
  findings.some(({ severity }) => severity === "ERROR") ? "errors" : findings.length > 0 ? "remarks" : "clean";

const outcomes = groupBy(checked, outcomeOf);
const found = checked.flatMap(({ findings, ...place }) => findings.map((finding) => ({ ...finding, ...place })));
const codes = groupBy(found, ({ severity, code }) => `${severity} ${code}`);

function groupBy(items, keyOf) {
  const groups = {};
  for (const item of items) groups[keyOf(item)] = [...(groups[keyOf(item)] ?? []), item];
  return groups;
}

const byKey = (groups) => Object.entries(groups).sort(([a], [b]) => (a < b ? -1 : 1));
const counts = (groups) => Object.fromEntries(byKey(groups).map(([key, members]) => [key, members.length]));
const report = { documents: checked.length, outcomes: counts(outcomes), findings: counts(codes), crashes };

if (values.json) console.log(JSON.stringify({ ...report, found }));
else print();
process.exitCode = crashes.length > 0 ? 1 : 0;

function print() {
  console.log(`documents: ${report.documents}`, report.outcomes);
  for (const [key, members] of byKey(codes)) {
    console.log(`\n${key}: ${members.length}`);
    const step = Math.max(1, Math.floor(members.length / Number(values.examples)));
    for (let i = 0; i < members.length && i < step * Number(values.examples); i += step) {
      const { file, line, name, message } = members[i];
      console.log(
        `  ${file}${line === undefined ? "" : `:${line}`}${name === undefined ? "" : ` (${name})`} ${message}`,
      );
    }
  }
  for (const { place, error } of crashes) console.log(`\ncrash at ${place}: ${error}`);
}
