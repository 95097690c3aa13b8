import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { askQuestions } from "./ask-questions.js";
import { startTarget, type Target } from "./start-target.js";

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});

afterAll(async () => {
  await target.close();
});

test("questions made from the schema, good and hostile, are answered or refused without a word of the inside", async () => {
  const { answers, findings } = await askQuestions({ ...target, seed: 20_261_122, count: 150 });
  expect(findings).toEqual([]);
  // The attack is worth something only while many of its questions get far.
  expect(answers.get("200 data")).toBeGreaterThan(30);
});
