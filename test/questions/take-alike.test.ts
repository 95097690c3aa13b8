import { expect, test } from "@jest/globals";
import type { AccessQuestionInput } from "../../src/questions/access/question-input.js";
import { takeQuestion } from "../../src/questions/access/take-question.js";
import { takeAlike } from "../../src/questions/can/take-alike.js";
import { buildWorld } from "../worlds/build-world.js";

const snapshot = buildWorld({ policies: {}, users: { u: [] } }, ["ecs:Stop"]);
const [stop, start] = [{ name: "ecs:Stop" }, { name: "ecs:Start" }];
const [one, other] = [{ arn: "acs:ecs:r1:111:instance/i-1" }, { arn: "acs:ecs:r1:111:instance/i-2" }];
const context = { entries: [{ key: "acs:SourceIp", values: ["192.0.2.1"] }] };

const inputs: readonly AccessQuestionInput[] = [
  { actions: stop, resource: one },
  { actions: stop, resource: other },
  { actions: start, resource: one },
  { actions: stop, resource: one, context },
  { actions: { anyOf: ["ecs:Stop", "ecs:Start"] }, resource: one },
  { actions: { operation: "Nope" }, resource: one },
  { actions: stop, resource: { unscoped: true } },
  { actions: stop, resource: { arns: [one.arn, other.arn] } },
  { actions: { name: "ecs:*" }, resource: one },
  { actions: stop, resource: { arn: "no ARN" } },
];

test("questions of a list are taken as each alone, whichever came before, and refused at their place", () => {
  const take = takeAlike(snapshot);
  for (const [index, input] of [...inputs, ...inputs, ...inputs.toReversed()].entries()) {
    const place = `requests[${index}]`;
    const taken = take(input, place);
    expect("refusal" in taken ? taken : { value: taken.value.question }).toEqual(takeQuestion(snapshot, input, place));
  }
});

test("the same plain question is the same value", () => {
  const take = takeAlike(snapshot);
  const [first, again, another] = [inputs[0], inputs[0], inputs[1]].map((input) => input && take(input, "requests[0]"));
  expect(first && "value" in first && again && "value" in again && first.value === again.value).toBe(true);
  expect(another).not.toEqual(first);
});
