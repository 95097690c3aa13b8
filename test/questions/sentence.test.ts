import { expect, test } from "@jest/globals";
import { decideAccess } from "../../src/questions/access/decision.js";
import { sentenceOf } from "../../src/questions/access/sentence.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, principalOf } from "../worlds/build-world.js";

const ARN = "acs:ecs:cn:111:instance/i";
const say = (Effect: string, ...Action: readonly string[]) => ({ Effect, Action, Resource: "*" });

test.each([
  ["one statement", [say("Allow", "ecs:*")], "u may do ecs:Start and ecs:Stop", "/Statement/0 of P allows it"],
  [
    "a statement for each action",
    [say("Allow", "ecs:Start"), say("Allow", "ecs:Stop")],
    "u may do ecs:Start and ecs:Stop",
    "/Statement/0 of P, /Statement/1 of P allow it",
  ],
  [
    "one denial of both",
    [say("Allow", "ecs:*"), say("Deny", "ecs:St*")],
    "u may not do ecs:Start and ecs:Stop",
    "/Statement/1 of P denies it",
  ],
])("what settles two actions is named once, with the verb of its number: %s", (_, P, what, why) => {
  const snapshot = buildWorld({ policies: { P }, users: { u: ["P"] } }, ["ecs:Start", "ecs:Stop"]);
  const action = { allOf: ["ecs:Start", "ecs:Stop"] };
  const question = valueIn(questionOf(snapshot, { action, resource: ARN, whoCan: {} }));
  expect(sentenceOf(decideAccess(snapshot, principalOf(snapshot, "u"), question))).toBe(`${what} on ${ARN}: ${why}.`);
});
