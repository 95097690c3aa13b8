import { test } from "@jest/globals";
import { startTogether } from "./start-together.js";

test("four servers that start at once on an empty database all serve", async () => {
  await startTogether(4);
});
