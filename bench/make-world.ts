import { SIZES } from "./world.js";
import { writeWorld } from "./write-world.js";

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
await writeWorld(size, folder, Number(seed));
process.stdout.write(`world ${sizeName} with seed ${seed} is in ${folder}\n`);
