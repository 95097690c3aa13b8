import { expect, test } from "@jest/globals";
import { askOver } from "./ask.js";
import { BROWSING_WORLD } from "./browsing-world.js";

const QUESTIONS = 25;
const request = '{ principal: "acs:ram::111:user/nobody", actions: { name: "a:B" }, resource: { unscoped: true } }';

test.each([
  ["many questions in one field", `{ canMany(requests: [${Array(QUESTIONS).fill(request).join(" ")}]) { verdict } }`],
  [
    "many fields",
    `{ ${Array.from({ length: QUESTIONS }, (_, i) => `q${i}: can(request: ${request}) { verdict }`).join(" ")} }`,
  ],
])("%s let others in between", async (_, query) => {
  const ask = await askOver(BROWSING_WORLD);
  let rounds = 0;
  let isAnswered = false;
  const count = () => {
    rounds++;
    if (!isAnswered) setImmediate(count);
  };
  setImmediate(count);
  const { errors } = await ask(query);
  isAnswered = true;
  expect(errors).toEqual([]);
  expect(rounds).toBeGreaterThanOrEqual(QUESTIONS);
});
