import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { responseFiles } from "./responses.js";
import type { WorldSize } from "./world.js";

/** Writes the export of a made-up account into a folder. One seed gives the same bytes. */
export async function writeWorld(size: WorldSize, folder: string, seed: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, responses } of responseFiles(size, seed)) {
    await pipeline(Readable.from(lines(responses)), createWriteStream(join(folder, name)));
  }
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
