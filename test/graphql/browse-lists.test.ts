import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Ask, askOver } from "./ask.js";
import { BROWSING_WORLD } from "./browsing-world.js";

let ask: Ask;
beforeAll(async () => {
  ask = await askOver(BROWSING_WORLD);
});

/** The names in a list of the answer. */
async function namesIn(list: string, name = "name"): Promise<readonly string[]> {
  const { data, errors } = await ask(`{ list: ${list} { nodes { key: ${name} } totalCount } }`);
  expect(errors).toEqual([]);
  const { nodes, totalCount } = (data as { list: { nodes: readonly { key: string }[]; totalCount: number } }).list;
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ key }) => key);
}

async function answerTo(query: string): Promise<unknown> {
  const { data, errors } = await ask(query);
  expect(errors).toEqual([]);
  return data;
}

describe("actions", () => {
  test.each([
    ["actions", ["queue:CreateQueue", "queue:DropQueue", "queue:QueueAccess", "store:Get1", "store:Get22"]],
    ['actions(pattern: "QUEUE:*queue")', ["queue:CreateQueue", "queue:DropQueue"]],
    ['actions(pattern: "store:get?")', ["store:Get1"]],
    [
      'actions(pattern: "*")',
      ["queue:CreateQueue", "queue:DropQueue", "queue:QueueAccess", "store:Get1", "store:Get22"],
    ],
    ['actions(pattern: "*:*Access*")', ["queue:QueueAccess"]],
    ['actions(pattern: "queue:DROPqueue")', ["queue:DropQueue"]],
    ['actions(pattern: "queue:")', []],
    ['actions(pattern: "store:Get.")', []],
    ['actions(filterBy: { services: ["STORE"] })', ["store:Get1", "store:Get22"]],
    ["actions(filterBy: { services: [] })", []],
    ["actions(filterBy: { accessLevels: [DELETE, LIST] })", ["queue:DropQueue", "queue:QueueAccess"]],
    ["actions(filterBy: { accessLevels: [] })", []],
    ['actions(filterBy: { resourceType: "queue" })', ["queue:DropQueue", "queue:QueueAccess"]],
    ['actions(filterBy: { resourceType: "Queue:Queue" })', ["queue:DropQueue", "queue:QueueAccess"]],
    ['actions(filterBy: { resourceType: "store:Queue" })', []],
    ['actions(filterBy: { conditionKey: "ACS:sourcevpc" })', ["queue:DropQueue"]],
    ["actions(filterBy: { isDocumented: false })", ["store:Get1", "store:Get22"]],
    [
      'actions(pattern: "*:*e*", filterBy: { services: ["queue"], isDocumented: true, accessLevels: [GET] })',
      ["queue:QueueAccess"],
    ],
  ])("%s", async (list, expected) => {
    expect(await namesIn(list)).toEqual(expected);
  });

  test("tell their operations, and who needs and grants them", async () => {
    expect(
      await answerTo(`{ action(name: "store:Get1") {
        operations { name } requiredBy { name } dependentActions { name } grantedBy { nodes { name type } } } }`),
    ).toEqual({
      action: {
        operations: [],
        requiredBy: [{ name: "queue:CreateQueue" }],
        dependentActions: [],
        grantedBy: {
          nodes: [
            { name: "AcmeRoleForQueue", type: "SERVICE_LINKED" },
            { name: "Everything", type: "SYSTEM" },
            { name: "Keeper", type: "CUSTOM" },
            { name: "Keeper", type: "SYSTEM" },
          ],
        },
      },
    });
    expect(
      await answerTo(`{ action(name: "queue:DropQueue") { service { code } resourceTypes { name actions { totalCount } }
        conditionKeys { name valueType service { code } actions { totalCount } } grantedBy(types: [SYSTEM]) { totalCount } } }`),
    ).toEqual({
      action: {
        service: { code: "queue" },
        resourceTypes: [{ name: "Queue", actions: { totalCount: 2 } }],
        conditionKeys: [
          { name: "acs:SourceVpc", valueType: null, service: null, actions: { totalCount: 1 } },
          { name: "queue:Color", valueType: "String", service: { code: "queue" }, actions: { totalCount: 1 } },
        ],
        grantedBy: { totalCount: 1 },
      },
    });
  });

  test("a Deny grants nothing, NotAction excludes", async () => {
    expect(await namesIn('policies(filterBy: { grantsAction: "store:Get22" })')).toEqual([
      "AcmeRoleForQueue",
      "Everything",
      "Keeper",
    ]);
  });
});

describe("lists", () => {
  test.each([
    ["services", "code", ["queue", "ram", "store"]],
    ['services(nameContains: "OBJECT")', "code", ["store"]],
    ['services(nameContains: "que")', "code", ["queue"]],
    [
      "roles",
      "arn",
      [
        "acs:ram::*:role/AcmeRoleForQueue",
        "acs:ram::222:role/AcmeRoleForZed",
        "acs:ram::111:role/Deploy",
        "acs:ram::*:role/deploy",
      ],
    ],
    [
      "roles(orderBy: { field: NAME, direction: DESC })",
      "name",
      ["deploy", "Deploy", "AcmeRoleForZed", "AcmeRoleForQueue"],
    ],
    ["roles(filterBy: { isServiceLinked: true })", "name", ["AcmeRoleForQueue", "AcmeRoleForZed", "deploy"]],
    ["roles(filterBy: { isServiceLinked: false })", "name", ["Deploy"]],
    ['roles(filterBy: { serviceName: "WORKER.queue.aliyuncs.com" })', "name", ["AcmeRoleForQueue"]],
    ['roles(filterBy: { accountIds: ["catalog", "222"] })', "name", ["AcmeRoleForQueue", "AcmeRoleForZed", "deploy"]],
    ["roles(filterBy: { accountIds: [] })", "name", []],
    ['roles(filterBy: { nameContains: "DEP" })', "name", ["Deploy", "deploy"]],
    ['roles(filterBy: { attachedPolicy: "acs:ram::111:policy/keeper" })', "name", ["Deploy"]],
    ['roles(filterBy: { attachedPolicy: "acs:ram::system:policy/AcmeRoleForQueue" })', "name", ["AcmeRoleForQueue"]],
    ['roles(filterBy: { attachedPolicy: "acs:ram::111:policy/unknown" })', "name", []],
    ['roles(filterBy: { attachedPolicy: "rubbish" })', "name", []],
    [
      "users",
      "arn",
      ["acs:ram::111:user/Alice", "acs:ram::222:user/alice", "acs:ram::111:user/bob", "acs:ram::222:user/under_score%"],
    ],
    ['users(nameContains: "_")', "name", ["under_score%"]],
    ['users(nameContains: "%")', "name", ["under_score%"]],
    ['users(nameContains: ".*")', "name", []],
    ['users(nameContains: "LI", accountIds: ["111"])', "name", ["Alice"]],
    ["users(accountIds: [])", "name", []],
    ["groups", "name", ["Operators"]],
    ["accounts", "accountId", ["111", "222", "catalog"]],
    ["policies(filterBy: { types: [SYSTEM] })", "name", ["AcmeQueueReadOnly", "Everything", "Keeper"]],
    ["policies(filterBy: { types: [] })", "name", []],
    ['policies(filterBy: { accountIds: ["111"] })', "name", ["Keeper"]],
    ['policies(filterBy: { accountIds: ["catalog"], nameContains: "KEEP" })', "arn", ["acs:ram::system:policy/Keeper"]],
    ["policies(filterBy: { isHighRisk: true })", "name", ["Everything"]],
    [
      "policies(filterBy: { isAttached: false })",
      "arn",
      ["acs:ram::system:policy/Everything", "acs:ram::system:policy/Keeper"],
    ],
    ['policies(filterBy: { grantsAction: "ram:Anything" })', "name", ["Everything"]],
    [
      "policies(orderBy: { field: ATTACHMENT_COUNT, direction: DESC })",
      "name",
      ["Keeper", "AcmeQueueReadOnly", "AcmeRoleForQueue", "Everything", "Keeper"],
    ],
    [
      "policies(orderBy: { field: ATTACHMENT_COUNT, direction: ASC })",
      "name",
      ["Everything", "Keeper", "AcmeQueueReadOnly", "AcmeRoleForQueue", "Keeper"],
    ],
  ])("%s", async (list, name, expected) => {
    expect(await namesIn(list, name)).toEqual(expected);
  });

  test.each([
    ['policies(filterBy: { grantsAction: "queue:*" })', "filterBy.grantsAction"],
    ['policies(filterBy: { grantsAction: "queue" })', "filterBy.grantsAction"],
    [`users(nameContains: "${"x".repeat(257)}")`, "nameContains"],
    [`roles(filterBy: { nameContains: "${"x".repeat(257)}" })`, "filterBy.nameContains"],
    ['actions(pattern: "")', "pattern"],
    ['search(query: "")', "query"],
    [`search(query: "${"😀".repeat(257)}")`, "query"],
  ])("%s is refused", async (list, argument) => {
    expect((await ask(`{ ${list} { totalCount } }`)).errors).toMatchObject([
      { extensions: { code: "BAD_USER_INPUT", argument } },
    ]);
  });
});

describe("search", () => {
  const found = async (query: string, types = "") => {
    const { data, errors } = await ask(
      `query Q($q: String!) { search(query: $q${types}) { nodes { __typename ... on Service { code } ... on Action { name }
        ... on ApiOperation { name } ... on Principal { name } ... on Group { name } ... on Policy { name } } } }`,
      { q: query },
    );
    expect(errors).toEqual([]);
    const { nodes } = (data as { search: { nodes: readonly Record<string, string>[] } }).search;
    return nodes.map(({ __typename, code, name }) => `${__typename} ${code ?? name}`);
  };

  test("puts whole names before beginnings, beginnings of words and insides", async () => {
    expect(await found("queue")).toEqual([
      "Service queue",
      "Action queue:CreateQueue",
      "Action queue:DropQueue",
      "Action queue:QueueAccess",
      "ApiOperation CreateQueue",
      "ApiOperation DropQueue",
      "ApiOperation GetQueue",
      "Role AcmeRoleForQueue",
      "Policy AcmeQueueReadOnly",
      "Policy AcmeRoleForQueue",
    ]);
    expect(await found("o", ", types: [ROLE, SERVICE, GROUP]")).toEqual([
      "Service store",
      "Group Operators",
      "Role AcmeRoleForQueue",
      "Role AcmeRoleForZed",
      "Role Deploy",
      "Role deploy",
    ]);
  });

  test.each([
    ["ALICE", ["User Alice", "User alice"]],
    ["%", ["User under_score%"]],
    ["score%", ["User under_score%"]],
    [".*", []],
    ["zzz", []],
    ["К", []],
  ])("%s", async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  test("among no types finds nothing", async () => {
    expect(await found("a", ", types: []")).toEqual([]);
  });
});
