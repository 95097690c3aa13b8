import { test } from "@jest/globals";
import { startTogether } from "../server/start-together.js";

test.each(Array.from({ length: 20 }, (_, round) => round + 1))("eight servers at once, round %i", async () => {
  await startTogether(8);
});
