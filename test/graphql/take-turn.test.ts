import { expect, test } from "@jest/globals";
import { askOver } from "./ask.js";
import { BROWSING_WORLD } from "./browsing-world.js";

const QUESTIONS = 25;
const many = (field: (i: number) => string) => Array.from({ length: QUESTIONS }, (_, i) => field(i)).join(" ");
const request = '{ principal: "acs:ram::111:user/nobody", actions: { name: "a:B" }, resource: { unscoped: true } }';

test.each([
  ["many questions in one field", `{ canMany(requests: [${Array(QUESTIONS).fill(request).join(" ")}]) { verdict } }`],
  ["many fields", `{ ${many((i) => `q${i}: can(request: ${request}) { verdict }`)} }`],
  [
    "many lists of permissions",
    `{ roles(first: 1) { nodes { ${many((i) => `q${i}: permissions { totalCount }`)} } } }`,
  ],
  ["many summaries", `{ roles(first: 1) { nodes { ${many((i) => `q${i}: permissionSummary { allowed }`)} } } }`],
  ["many lists of assumers", `{ roles(first: 1) { nodes { ${many((i) => `q${i}: assumableBy { totalCount }`)} } } }`],
  ["many lists of roles", `{ roles(first: 1) { nodes { ${many((i) => `q${i}: assumableRoles { totalCount }`)} } } }`],
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
  expect(rounds).toBeGreaterThanOrEqual(QUESTIONS - 1);
});
