import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Ask, askOver } from "./ask.js";
import { BROWSING_WORLD, NEXT_WORLD } from "./browsing-world.js";
import { attach, BOB, CAN, DEPLOY, detach, EVERYTHING, KEEPER, OPERATORS, put } from "./supposed-changes.js";

let ask: Ask;
beforeAll(async () => {
  ask = await askOver(BROWSING_WORLD, NEXT_WORLD);
});

describe("changes that cannot be made", () => {
  test.each<[string, object, string, RegExp]>([
    [
      "an unknown policy",
      attach("acs:ram::111:policy/none", BOB),
      "attachPolicy.policy",
      /no policy `acs:ram::111:policy\/none`/,
    ],
    ["an id of nothing", attach("x", BOB), "attachPolicy.policy", /no policy `x`/],
    [
      "an unknown principal",
      attach(KEEPER, "acs:ram::111:user/none"),
      "attachPolicy.principal",
      /no user, group or role/,
    ],
    ["a policy as principal", attach(KEEPER, EVERYTHING), "attachPolicy.principal", /no user, group or role/],
    [
      "a custom policy of another account",
      attach(KEEPER, "acs:ram::222:user/alice"),
      "attachPolicy.policy",
      /belongs to account `111`/,
    ],
    [
      "a service-linked role",
      attach(EVERYTHING, "acs:ram::222:role/AcmeRoleForZed"),
      "attachPolicy.principal",
      /only its service/,
    ],
    [
      "the policy of a service-linked role",
      attach("acs:ram::system:policy/AcmeRoleForQueue", BOB),
      "attachPolicy.policy",
      /only its service/,
    ],
    [
      "no resource group",
      { attachPolicy: { policy: KEEPER, principal: BOB, resourceGroupId: "*" } },
      "attachPolicy.resourceGroupId",
      /no resource group/,
    ],
    ["detaching what is not attached", detach(KEEPER, BOB), "detachPolicy", /is not attached/],
    [
      "detaching at another scope",
      detach("acs:ram::system:policy/AcmeQueueReadOnly", OPERATORS),
      "detachPolicy",
      /resource group `rg-1`/,
    ],
    ["deleting a policy of the cloud", { deletePolicy: EVERYTHING }, "deletePolicy", /belongs to the cloud/],
    ["deleting no policy", { deletePolicy: BOB }, "deletePolicy", /no policy/],
    ["deleting no role", { deleteRole: BOB }, "deleteRole", /no role/],
    [
      "a policy in an account that was never imported",
      { putPolicy: { name: "A", accountId: "999", document: "{}" } },
      "putPolicy.accountId",
      /no imported account/,
    ],
    [
      "a policy in the catalog",
      { putPolicy: { name: "A", accountId: "catalog", document: "{}" } },
      "putPolicy.accountId",
      /no imported account/,
    ],
    ["a name that no policy has", put("a b", "{}"), "putPolicy.name", /cannot name a policy/],
    [
      "a role of a service",
      { putRole: { name: "AliyunServiceRoleForX", accountId: "111", trustPolicy: "{}" } },
      "putRole.name",
      /only its service/,
    ],
    [
      "a name that no role has",
      { putRole: { name: "", accountId: "111", trustPolicy: "{}" } },
      "putRole.name",
      /cannot name a role/,
    ],
    ["a document that is too long", put("A", " ".repeat(16_385)), "putPolicy.document", /at most 16384/],
    ["a name that is too long", attach("a".repeat(9000), BOB), "attachPolicy.policy", /at most 8192/],
  ])("%s", async (_name, change, field, message) => {
    const { errors } = await ask(CAN, { who: BOB, action: "store:Get1", changes: [attach(EVERYTHING, BOB), change] });
    expect(errors).toEqual([
      {
        message: expect.stringMatching(message),
        extensions: expect.objectContaining({ code: "BAD_USER_INPUT", argument: `at.changes[1].${field}` }),
      },
    ]);
  });

  test("too many of them", async () => {
    const changes = Array.from({ length: 101 }, () => attach(EVERYTHING, BOB));
    const { errors } = await ask(CAN, { who: BOB, action: "store:Get1", changes });
    expect(errors).toMatchObject([
      { message: expect.stringContaining("at most 100"), extensions: { argument: "at.changes" } },
    ]);
  });

  test("two in one", async () => {
    const changes = [{ deletePolicy: KEEPER, deleteRole: DEPLOY }];
    const { errors } = await ask(CAN, { who: BOB, action: "store:Get1", changes });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });
});
