import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { randomFrom } from "../../bench/random.js";
import { priceOperation } from "../../src/server/price-operation.js";
import { startTwins, type Twins } from "./start-twins.js";
import { type Question, writeQuestion } from "./write-question.js";

const count = Number(process.env.RAMGRAPH_ATTACKS ?? 100);
const seed = Number(process.env.RAMGRAPH_SEED ?? 20_261_122);
const mostCost = 20_000;

let twins: Twins;

beforeAll(async () => {
  twins = await startTwins();
});

afterAll(async () => {
  await twins.close();
});

function isAffordable({ query, variables }: Question): boolean {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== "OperationDefinition") return false;
  return priceOperation(twins.schema, document, operation)(variables) <= mostCost;
}

test("an account that the viewer may not see might as well not be there, whatever is asked", async () => {
  let answered = 0;
  for (let at = 0; at < count; at += 1) {
    const random = randomFrom(seed + at);
    const question = writeQuestion({ schema: twins.schema, random, hostility: 0, cursors: [] });
    if (!isAffordable(question)) continue;
    const [whole, alone] = await twins.ask(question);
    expect([seed + at, question, whole]).toEqual([seed + at, question, alone]);
    if (whole.endsWith('"errors":[]}')) answered += 1;
  }
  expect(answered).toBeGreaterThan(count / 4);
}, 3_600_000);

test("nor has it any part in the examples", async () => {
  const folder = join(import.meta.dirname, "../../schema/operations");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".graphql"));
  for (const name of names) {
    const query = await readFile(join(folder, name), "utf8");
    const values = await readFile(join(folder, name.replace(".graphql", ".variables.json")), "utf8").catch(() => "{}");
    const [whole, alone] = await twins.ask({ query, variables: JSON.parse(values) as Question["variables"] });
    expect([name, whole]).toEqual([name, alone]);
  }
});
