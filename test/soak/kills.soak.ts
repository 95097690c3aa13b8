import { expect, test } from "@jest/globals";
import { strikeOften } from "../kills/expect-whole.js";
import { KillWorld } from "../kills/world.js";

const times = Number(process.env.RAMGRAPH_KILLS ?? "100");

test(`an import that is struck at any of ${times} moments is whole or not there, and the next run completes`, async () => {
  const world = await KillWorld.make(3_000);
  try {
    const done = await strikeOften(world, times);
    process.stdout.write(`an import of ${Math.round(world.duration)} ms, struck ${times} times: ${done} got through\n`);
    // Moments all on one side would show nothing.
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(times);
  } finally {
    await world.close();
  }
});
