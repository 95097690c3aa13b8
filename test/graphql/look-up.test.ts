import { beforeAll, describe, expect, test } from "@jest/globals";
import { encodeId } from "../../src/graphql/global-id.js";
import { type Ask, askOver } from "./ask.js";
import { BROWSING_WORLD, NEXT_WORLD } from "./browsing-world.js";

let ask: Ask;
beforeAll(async () => {
  ask = await askOver(BROWSING_WORLD);
});

describe("a look-up by name", () => {
  test.each([
    [
      "letter case is ignored",
      'role(name: "DEPLOY", accountId: "111")',
      "{ name account { accountId } }",
      { name: "Deploy", account: { accountId: "111" } },
    ],
    ["an account goes before the catalog", 'role(name: "deploy")', "{ arn }", { arn: "acs:ram::111:role/Deploy" }],
    [
      "the catalog answers when no account has it",
      'role(name: "acmeroleforqueue")',
      "{ arn }",
      { arn: "acs:ram::*:role/AcmeRoleForQueue" },
    ],
    ["the catalog can be asked itself", 'role(name: "Deploy", accountId: "catalog")', "{ name }", { name: "deploy" }],
    ["unknown role", 'role(name: "Nobody")', "{ name }", null],
    ["role of another account", 'role(name: "Deploy", accountId: "222")', "{ name }", null],
    ["unknown account", 'role(name: "Deploy", accountId: "999")', "{ name }", null],
    ["user of an account", 'user(name: "aLICE", accountId: "222")', "{ name userId }", { name: "alice", userId: null }],
    ["user of one account only", 'user(name: "bob")', "{ arn }", { arn: "acs:ram::111:user/bob" }],
    ["unknown user", 'user(name: "__proto__")', "{ name }", null],
    ["group", 'group(name: "operators")', "{ arn }", { arn: "acs:ram::111:group/Operators" }],
    ["service", 'service(code: "QUEUE")', "{ name }", { name: "Acme Queue" }],
    ["unknown service", 'service(code: "constructor")', "{ name }", null],
    ["action", 'action(name: "QUEUE:dropqueue")', "{ name }", { name: "queue:DropQueue" }],
    ["unknown action", 'action(name: "queue:*")', "{ name }", null],
    [
      "a policy of an account goes before the cloud's",
      'policy(name: "keeper")',
      "{ type account { accountId } }",
      { type: "CUSTOM", account: { accountId: "111" } },
    ],
    [
      "policy by type",
      'policy(name: "keeper", type: SYSTEM)',
      "{ arn account { accountId } }",
      { arn: "acs:ram::system:policy/Keeper", account: null },
    ],
    ["policy of the cloud", 'policy(name: "keeper", accountId: "catalog")', "{ type }", { type: "SYSTEM" }],
    ["policy of an account that has none", 'policy(name: "keeper", accountId: "222")', "{ type }", null],
  ])("%s", async (_law, field, fields, expected) => {
    const { data, errors } = await ask(`{ found: ${field} ${fields} }`);
    expect(errors).toEqual([]);
    expect(data).toEqual({ found: expected });
  });

  test("that several accounts answer is refused with the candidates", async () => {
    expect((await ask('{ user(name: "alice") { name } }')).errors).toEqual([
      {
        message: "accountId: several accounts have `alice`; name one of `111`, `222`",
        extensions: { code: "BAD_USER_INPUT", argument: "accountId" },
      },
    ]);
  });
});

describe("a look-up by ARN", () => {
  test.each([
    ["acs:ram::111:user/Alice", "User"],
    ["acs:ram::111:user/alice", "User"],
    ["ACS:RAM:*:111:USER/ALICE", "User"],
    ["acs:ram::111:group/operators", "Group"],
    ["acs:ram::111:role/deploy", "Role"],
    ["acs:ram::*:role/acmeroleforqueue", "Role"],
    ["acs:ram:*:*:role/AcmeRoleForQueue", "Role"],
    ["acs:ram:::role/AcmeRoleForQueue", "Role"],
    ["acs:ram::system:policy/everything", "Policy"],
    ["acs:ram::system:policy/AcmeRoleForQueue", "Policy"],
    ["acs:ram::111:policy/Keeper", "Policy"],
  ])("%s finds a %s", async (arn, type) => {
    const { data } = await ask("query Q($arn: ARN!) { byArn(arn: $arn) { __typename } }", { arn });
    expect(data).toEqual({ byArn: { __typename: type } });
  });

  test.each([
    "acs:ram::222:role/AcmeRoleForQueue",
    "acs:ram::111:user/",
    "acs:ram::111:root",
    "acs:ram::111:user/Alice/x",
    "acs:ecs::111:user/Alice",
    "acs:ram:cn-hangzhou:111:user/Alice",
    "acs:ram::system:user/Alice",
    "acs:ram::222:policy/Keeper",
    "acs:ram::111:user/Аlice",
  ])("%s finds nobody", async (arn) => {
    const { data, errors } = await ask("query Q($arn: ARN!) { byArn(arn: $arn) { __typename } }", { arn });
    expect({ data, errors }).toEqual({ data: { byArn: null }, errors: [] });
  });

  test.each([
    "",
    "alice",
    "arn:aws:iam::1:user/x",
    "acs:ram::1",
    "acs:ram::abc:user/x",
    `acs:ram::1:user/${"x".repeat(2048)}`,
  ])("%s is no ARN", async (arn) => {
    for (const answer of [
      await ask("query Q($arn: ARN!) { byArn(arn: $arn) { id } }", { arn }),
      await ask(`{ byArn(arn: ${JSON.stringify(arn)}) { id } }`),
    ]) {
      expect(answer.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "arn" } }]);
      expect(answer.errors[0]?.message).toContain("has not the form of ARN: write five parts");
    }
  });
});

describe("global ids", () => {
  const EVERYTHING = `{
    services { nodes { id resourceTypes { id } conditionKeys { id } operations { nodes { id } } actions { nodes { id } } } }
    roles { nodes { id attachments { nodes { id } } source { id } } }
    users { nodes { id } } groups { nodes { id } } accounts { nodes { id } }
    policies { nodes { id versions { nodes { id statements { id } } } } }
    snapshot { id sources { nodes { id } } }
  }`;

  test("name every object that was ever answered, and the same one", async () => {
    const ids = idsIn((await ask(EVERYTHING)).data);
    expect(ids.length).toBeGreaterThan(40);
    const { data } = await ask("query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
    expect(data).toEqual({ nodes: ids.map((id) => ({ id })) });
  });

  test.each([
    "",
    "x",
    "1:role:111:deploy",
    encodeId("role:111:nobody"),
    encodeId("role:111"),
    encodeId("nothing:1"),
    encodeId(""),
    encodeId("__proto__:x"),
    encodeId("statement:[]"),
    encodeId('statement:["policy:CUSTOM:111:keeper","/Statement/0"]'),
    encodeId('attachment:["a"]'),
    encodeId("attachment:{"),
    encodeId("version:v0:policy:CUSTOM:111:keeper"),
    encodeId("snapshot:99"),
    encodeId("role:111:Deploy"),
    `${encodeId("role:111:deploy")}=`,
    "A".repeat(10_000),
  ])("`%s` names nothing", async (id) => {
    expect(await ask("query Q($id: ID!) { node(id: $id) { id } }", { id })).toEqual({
      data: { node: null },
      errors: [],
    });
  });

  test("keep their order, unknown ones in between", async () => {
    const ids = [encodeId("service:store"), "unknown", encodeId("user:111:bob")];
    const { data } = await ask("query Q($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", { ids });
    expect(data).toEqual({ nodes: [{ __typename: "Service" }, null, { __typename: "User" }] });
  });

  test("of a snapshot name its own revision", async () => {
    const askLater = await askOver(BROWSING_WORLD, NEXT_WORLD);
    const { data } = await askLater(`{ node(id: "${encodeId("snapshot:7")}") { ... on Snapshot { revision } } }`);
    expect(data).toEqual({ node: { revision: "7" } });
  });

  test("are at most 100 at once", async () => {
    const ids = Array.from({ length: 101 }, () => "x");
    const { errors } = await ask("query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "ids" } }]);
  });
});

/** Every value under the key `id`, each once. */
function idsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  JSON.stringify(value, (key, inner: unknown) => {
    if (key === "id" && typeof inner === "string") found.add(inner);
    return inner;
  });
  return [...found];
}
