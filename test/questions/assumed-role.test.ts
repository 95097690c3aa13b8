import { describe, expect, test } from "@jest/globals";
import { finish } from "../../src/grants/steps.js";
import { roleKey } from "../../src/inventory/keys.js";
import type { Decision } from "../../src/questions/access/decision.js";
import { decidedBy } from "../../src/questions/access/explain-access.js";
import { sentenceOf } from "../../src/questions/access/sentence.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import { assumableRoles } from "../../src/questions/assume/assumable-roles.js";
import { assumeQuestion } from "../../src/questions/assume/assume-question.js";
import { assumersOf } from "../../src/questions/assume/assumers.js";
import { whoCan } from "../../src/questions/who-can/who-can.js";
import { valueIn } from "../worlds/ask.js";
import { buildWorld, principalOf, type World } from "../worlds/build-world.js";
import { allow, trust } from "../worlds/escalation-worlds.js";

const MFA = { Bool: { "acs:MFAPresent": "true" } };
const into = (arn: string) => trust({ RAM: [`acs:ram::111:${arn}`] });

/** alice assumes one, one assumes two, two assumes three; three trusts nobody but two. */
const chain: World = {
  policies: {
    Own: [allow("sts:AssumeRole", "acs:ram::111:role/one")],
    All: [allow("*")],
    Last: [allow("sts:AssumeRole", "acs:ram::111:role/three")],
  },
  users: { alice: ["Own", "All"] },
  roles: { one: ["All"], two: ["Last"], three: [] },
  trusts: { one: into("user/alice"), two: into("role/one"), three: into("role/two") },
};
const conditional: World = {
  ...chain,
  trusts: { ...chain.trusts, one: [{ ...into("user/alice")[0], Condition: MFA }] },
};
const LAST = "/Statement/0 of Last, /Statement/0 of the trust policy of three allow it.";
const THREE = "sts:AssumeRole on acs:ram::111:role/three";

/** What a row says, and the statements that it names. */
const wordsOf = (decision: Decision) => ({
  sentence: sentenceOf(decision),
  decidedBy: decidedBy(decision).map(({ grant }) => `${grant.policy} ${grant.statement.pointer}`),
});

function assumersOfThree(world: World) {
  const snapshot = buildWorld(world, []);
  const role = snapshot.roles.get(roleKey("111", "three"));
  if (role === undefined) throw new Error("no role");
  const question = assumeQuestion(role);
  if (question === undefined) throw new Error("no question");
  const rows = finish(assumersOf(snapshot, role, true)).map(({ decision }) => wordsOf(decision));
  const answer = valueIn(finish(whoCan(snapshot, question, { verdicts: NOT_A_PLAIN_NO, reach: "ASSUMED" })));
  return { rows, asked: [...answer.rows].map(({ decision }) => wordsOf(decision)) };
}

describe("somebody who gets to a role by way of others", () => {
  test("is said to do so by assuming these", () => {
    expect(assumersOfThree(chain).rows.map(({ sentence }) => sentence)).toEqual([
      `one may do ${THREE} by assuming two: ${LAST}`,
      `two may do ${THREE}: ${LAST}`,
      `alice may do ${THREE} by assuming one, then two: ${LAST}`,
    ]);
  });

  test.each([
    ["outright", chain],
    ["under a condition", conditional],
  ])("%s is worded as where one asks who can", (_, world) => {
    const { rows, asked } = assumersOfThree(world);
    expect(rows).toEqual(asked);
  });

  test("is worded so from their own side", () => {
    const snapshot = buildWorld(chain, []);
    const roles = [...finish(assumableRoles(snapshot, principalOf(snapshot, "alice"), true))];
    expect(roles.map(({ decision }) => sentenceOf(decision))).toEqual([
      expect.stringMatching(/^alice may do sts:AssumeRole on acs:ram::111:role\/one: /),
      `alice may do ${THREE} by assuming one, then two: ${LAST}`,
      "alice may do sts:AssumeRole on acs:ram::111:role/two by assuming one: /Statement/0 of All, /Statement/0 of the trust policy of two allow it.",
    ]);
  });
});
