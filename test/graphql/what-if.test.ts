import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Ask, askOver } from "./ask.js";
import { BROWSING_WORLD, NEXT_WORLD } from "./browsing-world.js";
import { ALICE, attach, BOB, CAN, DEPLOY, detach, EVERYTHING, KEEPER, OPERATORS, put } from "./supposed-changes.js";

let ask: Ask;
beforeAll(async () => {
  ask = await askOver(BROWSING_WORLD, NEXT_WORLD);
});

type Changes = readonly Readonly<Record<string, unknown>>[];

async function verdict(who: string, action: string, changes: Changes): Promise<unknown> {
  const { data, errors } = await ask(CAN, { who, action, changes });
  expect(errors).toEqual([]);
  return data;
}

function document(effect: string, ...actions: readonly string[]): string {
  return JSON.stringify({ Version: "1", Statement: [{ Effect: effect, Action: actions, Resource: "*" }] });
}

describe("what if", () => {
  test.each<[string, string, string, Changes, string]>([
    ["nothing changes", BOB, "store:Get1", [], "IMPLICIT_DENY"],
    ["a system policy is attached", BOB, "store:Get1", [attach(EVERYTHING, BOB)], "ALLOWED"],
    [
      "a policy is put and attached",
      DEPLOY,
      "store:Put",
      [put("New", document("Allow", "store:Put")), attach("acs:ram::111:policy/new", DEPLOY)],
      "CONDITIONAL",
    ],
    [
      "a policy gets another document",
      DEPLOY,
      "queue:DropQueue",
      [put("keeper", document("Allow", "queue:DropQueue"))],
      "ALLOWED",
    ],
    [
      "the new document denies",
      DEPLOY,
      "queue:DropQueue",
      [put("Keeper", document("Deny", "queue:*"))],
      "EXPLICIT_DENY",
    ],
    ["a policy is detached", DEPLOY, "queue:DropQueue", [detach(KEEPER, DEPLOY)], "IMPLICIT_DENY"],
    ["a policy is deleted", DEPLOY, "queue:DropQueue", [{ deletePolicy: KEEPER }], "IMPLICIT_DENY"],
    [
      "a policy is deleted and made anew, attached to nobody",
      DEPLOY,
      "queue:DropQueue",
      [{ deletePolicy: KEEPER }, put("Keeper", document("Allow", "*"))],
      "IMPLICIT_DENY",
    ],
    [
      "it is attached and detached again",
      ALICE,
      "ram:GetUser",
      [attach(EVERYTHING, ALICE), detach(EVERYTHING, ALICE)],
      "IMPLICIT_DENY",
    ],
    [
      "a group gets a policy",
      ALICE,
      "queue:CreateQueue",
      [attach(EVERYTHING, OPERATORS), { deletePolicy: KEEPER }],
      "ALLOWED",
    ],
    ["a role is deleted", DEPLOY, "queue:DropQueue", [{ deleteRole: DEPLOY }], "UNDETERMINED"],
  ])("%s", async (_name, who, action, changes, expected) => {
    expect(await verdict(who, action, changes)).toMatchObject({ can: { verdict: expected } });
  });

  test("a new role is found, trusts whom it says, and carries what it is given", async () => {
    const trustPolicy = JSON.stringify({
      Version: "1",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { RAM: ["acs:ram::111:root"] } }],
    });
    const arn = "acs:ram::111:role/night";
    const changes = [{ putRole: { name: "Night", accountId: "111", trustPolicy } }, attach(EVERYTHING, arn)];
    const { data, errors } = await ask(
      `query ($changes: [ChangeInput!]) {
        role(name: "night", accountId: "111", at: { changes: $changes }) {
          name arn source { kind title } attachments { nodes { policy { name } } } permissions { totalCount }
        }
        roles(filterBy: { accountIds: ["111"] }, at: { changes: $changes }) { nodes { name } }
        stored: role(name: "night", accountId: "111") { name }
      }`,
      { changes },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      role: {
        name: "Night",
        arn: "acs:ram::111:role/Night",
        source: { kind: "HYPOTHETICAL", title: "changes that the question supposes" },
        attachments: { nodes: [{ policy: { name: "Everything" } }] },
        permissions: { totalCount: 5 },
      },
      roles: { nodes: [{ name: "Deploy" }, { name: "Night" }] },
      stored: null,
    });
  });

  test("the snapshot says that it is supposed, and what was found in the documents put", async () => {
    const changes = [put("Odd", document("Allow", "queue: Drop")), put("Worse", "{ no json")];
    const { data, errors } = await ask(
      `query ($changes: [ChangeInput!]) {
        supposed: snapshot(at: { changes: $changes }) {
          id revision isHypothetical
          findings { totalCount nodes { code pointer subject { ... on Policy { name findings { totalCount } } } } }
        }
        stored: snapshot { id revision isHypothetical findings { totalCount } }
      }`,
      { changes },
    );
    expect(errors).toEqual([]);
    const { supposed, stored } = data as Record<
      string,
      { id: string; revision: string; findings: { nodes: object[] } }
    >;
    expect(supposed).toMatchObject({ revision: "8", isHypothetical: true });
    expect(stored).toMatchObject({ revision: "8", isHypothetical: false, findings: { totalCount: 0 } });
    expect(supposed?.id).not.toBe(stored?.id);
    expect(supposed?.findings.nodes).toContainEqual(
      expect.objectContaining({ subject: { name: "Worse", findings: { totalCount: 1 } } }),
    );
    const again = await ask(
      "query ($id: ID!, $changes: [ChangeInput!]) { node(id: $id, at: { changes: $changes }) { id } other: node(id: $id) { id } }",
      { id: supposed?.id, changes },
    );
    expect(again).toEqual({ data: { node: { id: supposed?.id }, other: null }, errors: [] });
  });

  test("a decision that weighs an odd document says so", async () => {
    const text = JSON.stringify({
      Version: "1",
      Statement: [
        { Effect: "Allow", Action: "queue:DropQueue", Resource: "*", Sid: 1, Colour: "red" },
        { Effect: "Allow", Action: "store:Put", Resource: "*" },
      ],
    });
    const changes = [put("Keeper", text)];
    expect(await verdict(DEPLOY, "store:Put", changes)).toEqual({
      can: {
        verdict: "ALLOWED",
        warnings: expect.not.arrayContaining([expect.objectContaining({ message: expect.stringContaining("Colour") })]),
      },
    });
    expect(await verdict(DEPLOY, "queue:DropQueue", changes)).toMatchObject({
      can: {
        verdict: "UNDETERMINED",
        warnings: expect.arrayContaining([
          expect.objectContaining({
            message: expect.stringMatching(/^in what is supposed of policy `Keeper`: .*`Colour`/),
          }),
        ]),
      },
    });
  });

  test("changes go together with a pinned revision", async () => {
    const { data } = await ask(
      `query ($changes: [ChangeInput!]) {
        users(accountIds: ["111"], at: { revision: "7", changes: $changes }) { totalCount }
        snapshot(at: { revision: "7", changes: $changes }) { revision isHypothetical }
      }`,
      { changes: [attach(EVERYTHING, BOB)] },
    );
    expect(data).toEqual({ users: { totalCount: 2 }, snapshot: { revision: "7", isHypothetical: true } });
  });
});

describe("pages under changes", () => {
  const LIST = `query ($after: String, $changes: [ChangeInput!]) {
    policies(first: 1, after: $after, at: { changes: $changes }) { pageInfo { endCursor } nodes { name } }
  }`;
  const changes = [put("Aaa", document("Allow", "*"))];

  async function page(after: string | null, supposed: Changes) {
    const { data, errors } = await ask(LIST, { after, changes: supposed });
    return { data: data as { policies: { pageInfo: { endCursor: string }; nodes: object[] } } | null, errors };
  }

  test("go on in their own world", async () => {
    const first = await page(null, changes);
    expect(first.data?.policies.nodes).toEqual([{ name: "Aaa" }]);
    const second = await page(first.data?.policies.pageInfo.endCursor ?? "", changes);
    expect(second.data?.policies.nodes).toEqual([{ name: "AcmeQueueReadOnly" }]);
  });

  test.each<[string, Changes]>([
    ["the stored world", []],
    ["other changes", [put("Bbb", document("Allow", "*"))]],
  ])("do not go on in %s", async (_name, other) => {
    const first = await page(null, changes);
    const { errors } = await page(first.data?.policies.pageInfo.endCursor ?? "", other);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "after" } }]);
  });

  test("of lists below a root field do not mix either", async () => {
    const query = `query ($after: String, $changes: [ChangeInput!]) {
      role(name: "Deploy", accountId: "111", at: { changes: $changes }) {
        attachments(first: 1, after: $after) { pageInfo { endCursor } nodes { policy { name } } }
      }
    }`;
    const supposed = [attach(EVERYTHING, DEPLOY)];
    const { data } = await ask(query, { changes: supposed });
    const { endCursor } = (data as { role: { attachments: { pageInfo: { endCursor: string } } } }).role.attachments
      .pageInfo;
    expect((await ask(query, { changes: supposed, after: endCursor })).data).toMatchObject({
      role: { attachments: { nodes: [{ policy: { name: "Everything" } }] } },
    });
    expect((await ask(query, { after: endCursor })).errors).toMatchObject([{ extensions: { argument: "after" } }]);
  });
});
