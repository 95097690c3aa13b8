import { test } from "@jest/globals";
import { strikeOften } from "./expect-whole.js";
import { KillWorld } from "./world.js";

// Processes and recoveries are slow while other tests keep the machine busy.
const LONGEST = 300_000;

test(
  "an import that is struck at any of four moments is whole or not there, and the next run completes",
  async () => {
    const world = await KillWorld.make(1_000);
    try {
      await strikeOften(world, 4);
    } finally {
      await world.close();
    }
  },
  LONGEST,
);
