import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { strikeOften } from "../kills/expect-whole.js";
import { KillWorld } from "../kills/world.js";

const times = Number(process.env.RAMGRAPH_KILLS ?? "100");
let world: KillWorld;

beforeAll(async () => {
  world = await KillWorld.make(20_000);
}, 600_000);

afterAll(() => world.close());

test(`an import that is struck at any of ${times} moments is whole or not there, and the next run completes`, async () => {
  const done = await strikeOften(world, times);
  process.stdout.write(`an import of ${Math.round(world.duration)} ms, struck ${times} times: ${done} got through\n`);
  // Moments all on one side would show nothing.
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(times);
});
