import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type ResponseFile, responseFiles } from "./responses.js";
import { SIZES } from "./world.js";

/**
 * Writes the export of a made-up account into a folder, for `ramgraph import account <folder>`:
 * `node --import @oxc-node/core/register bench/make-world.ts <S|M|L> <folder> [seed]`. One seed gives the same bytes.
 */
const [sizeName = "", folder = "", seed = "1"] = process.argv.slice(2);
const size = SIZES[sizeName];
if (size === undefined || folder === "" || !/^\d{1,9}$/.test(seed)) {
  process.stderr.write("usage: make-world.ts <S|M|L> <folder> [seed]\n");
  process.exit(2);
}
await mkdir(folder, { recursive: true });
for (const file of responseFiles(size, Number(seed))) await write(file);
process.stdout.write(`world ${sizeName} with seed ${seed} is in ${folder}\n`);

async function write({ name, responses }: ResponseFile): Promise<void> {
  await pipeline(Readable.from(lines(responses)), createWriteStream(join(folder, name)));
}

/** Some lines at once, so that a million rows are not a million writes. */
function* lines(responses: Iterable<object>): Generator<string> {
  let text = "";
  for (const response of responses) {
    text += `${JSON.stringify(response)}\n`;
    if (text.length < 65_536) continue;
    yield text;
    text = "";
  }
  yield text;
}
