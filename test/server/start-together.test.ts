import { jest, test } from "@jest/globals";
import { startTogether } from "./start-together.js";

jest.setTimeout(180_000);

test("four servers that start at once on an empty database all serve", async () => {
  await startTogether(4);
});
