import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Ask, askOver } from "./ask.js";
import { BROWSING_WORLD, KEEPER_TEXT } from "./browsing-world.js";

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

describe("a service", () => {
  test("tells its roles, policies and neighbours", async () => {
    expect(
      await answerTo(`{ service(code: "queue") {
        granularity source { title } operations { nodes { name action { name } dependentActions { name }
          resourceTypes { isRequired arnTemplate resourceType { name service { code } } } conditionKeys { name } } }
        conditionKeys { name } serviceLinkedRoles { nodes { name } } systemPolicies { nodes { name } }
        dependsOn { to { code } role { name } purpose actions { nodes { name } } } usedBy { from { code } } } }`),
    ).toMatchObject({
      service: {
        granularity: "RESOURCE",
        source: { title: "roles" },
        operations: {
          nodes: [
            {
              name: "CreateQueue",
              dependentActions: [{ name: "queue:QueueAccess" }, { name: "store:Get1" }],
              resourceTypes: [{ isRequired: false, arnTemplate: "*", resourceType: null }],
            },
            {
              name: "DropQueue",
              action: { name: "queue:DropQueue" },
              resourceTypes: [{ isRequired: true, resourceType: { name: "Queue", service: { code: "queue" } } }],
              conditionKeys: [{ name: "acs:SourceVpc" }, { name: "queue:Color" }],
            },
            { name: "GetQueue" },
          ],
        },
        conditionKeys: [{ name: "queue:Color" }],
        serviceLinkedRoles: { nodes: [{ name: "AcmeRoleForQueue" }] },
        systemPolicies: { nodes: [{ name: "AcmeQueueReadOnly" }] },
        dependsOn: [
          {
            to: { code: "store" },
            role: { name: "AcmeRoleForQueue" },
            purpose: "keeps messages",
            actions: { nodes: [{ name: "store:Get1" }, { name: "store:Get22" }] },
          },
        ],
        usedBy: [],
      },
    });
    expect(
      await answerTo('{ service(code: "store") { usedBy { from { code } } systemPolicies { nodes { name } } } }'),
    ).toEqual({
      service: { usedBy: [{ from: { code: "queue" } }], systemPolicies: { nodes: [{ name: "Keeper" }] } },
    });
  });

  test("narrows its own actions and shows no other's", async () => {
    const actions = (filter: string) => `service(code: "queue") { actions(filterBy: ${filter}) { nodes { name } } }`;
    expect(
      await answerTo(`{ a: ${actions("{ accessLevels: [CREATE] }")} b: ${actions('{ services: ["store"] }')} }`),
    ).toEqual({
      a: { actions: { nodes: [{ name: "queue:CreateQueue" }] } },
      b: { actions: { nodes: [] } },
    });
  });
});

describe("a role", () => {
  test("that a service owns tells the whole link", async () => {
    expect(
      await answerTo(`{ role(name: "AcmeRoleForQueue") { trustPolicy source { title } account { accountId importedAt }
        findings { nodes { code subject { id } } } none: findings(severities: [ERROR]) { totalCount }
        attachments { nodes { scope policy { name } principal { ... on Role { name } } } }
        serviceLink { serviceName service { code } createdWhen purpose prerequisitesForDeletion creationPolicy
          dependencies { to { code } } } } }`),
    ).toMatchObject({
      role: {
        trustPolicy: { Version: "1" },
        account: { accountId: "catalog", importedAt: null },
        findings: { nodes: [{ code: "ODD" }, { code: "BROAD_DELETE" }] },
        none: { totalCount: 0 },
        attachments: {
          nodes: [{ scope: "ACCOUNT", policy: { name: "AcmeRoleForQueue" }, principal: { name: "AcmeRoleForQueue" } }],
        },
        serviceLink: {
          serviceName: "worker.queue.aliyuncs.com",
          service: { code: "queue" },
          createdWhen: "the first queue is made",
          prerequisitesForDeletion: ["all queues"],
          creationPolicy: { Version: "1" },
          dependencies: [{ to: { code: "store" } }],
        },
      },
    });
  });

  test("of no page has the link that its service principal tells", async () => {
    expect(
      await answerTo(
        '{ role(name: "AcmeRoleForZed") { serviceLink { serviceName service { code } creationPolicy } } }',
      ),
    ).toMatchObject({
      role: {
        serviceLink: {
          serviceName: "in.zed.aliyuncs.com",
          service: { code: "zed" },
          creationPolicy: {
            Statement: [{ Condition: { StringEquals: { "ram:ServiceName": "in.zed.aliyuncs.com" } } }],
          },
        },
      },
    });
  });

  test("of nobody's service has no link, and shows a broken trust policy as its text", async () => {
    expect(
      await answerTo('{ role(name: "Deploy") { maxSessionDuration trustPolicy serviceLink { serviceName } } }'),
    ).toEqual({
      role: { maxSessionDuration: 3600, trustPolicy: "{ no json", serviceLink: null },
    });
  });
});

describe("a policy", () => {
  test("shows its text, its statements and what they cover", async () => {
    expect(
      await answerTo(`{ policy(name: "Keeper") { isHighRisk findings { nodes { code subject { ... on Policy { name } } } }
        attachments { nodes { principal { __typename } } }
        versions { nodes { versionId isDefault document statements { effect pointer } } }
        defaultVersion { documentText statements { pointer effect actionPatterns notActionPatterns resourcePatterns
          policy { name } conditions { key operator values isNegated from { pointer } } actions { nodes { name } } } } } }`),
    ).toMatchObject({
      policy: {
        findings: { nodes: expect.arrayContaining([{ code: "BAD", subject: { name: "Keeper" } }]) },
        attachments: { nodes: [{ principal: { __typename: "User" } }, { principal: { __typename: "Role" } }] },
        versions: {
          nodes: [
            { versionId: "v2", isDefault: true },
            {
              versionId: "v1",
              isDefault: false,
              document: "{ not json",
              statements: [{ effect: "DENY", pointer: "" }],
            },
          ],
        },
        defaultVersion: {
          documentText: KEEPER_TEXT,
          statements: [
            {
              pointer: "/Statement/0",
              effect: "ALLOW",
              actionPatterns: ["queue:*Queue", "store:Get?"],
              notActionPatterns: [],
              actions: { nodes: [{ name: "queue:CreateQueue" }, { name: "queue:DropQueue" }, { name: "store:Get1" }] },
            },
            {
              effect: "DENY",
              actionPatterns: [],
              notActionPatterns: ["queue:*"],
              resourcePatterns: ["*"],
              policy: { name: "Keeper" },
              conditions: [
                {
                  key: "acs:SecureTransport",
                  operator: "Bool",
                  values: ["false"],
                  isNegated: false,
                  from: { pointer: "/Statement/1" },
                },
              ],
              actions: { nodes: [{ name: "store:Get1" }, { name: "store:Get22" }] },
            },
          ],
        },
      },
    });
  });

  test("of which only the name is known has no version", async () => {
    const fields = "{ defaultVersion { versionId } versions { totalCount } description }";
    expect(await answerTo(`{ policy(name: "AcmeQueueReadOnly") ${fields} }`)).toEqual({
      policy: { defaultVersion: null, versions: { totalCount: 0 }, description: null },
    });
  });
});

describe("people", () => {
  test("know their groups, and groups their people", async () => {
    expect(
      await answerTo(`{ user(name: "alice", accountId: "111") { account { alias } groups { nodes { name account { accountId }
        users { nodes { name } } attachments { nodes { scope resourceGroupId attachedAt policy { name } } } } }
        attachments { nodes { policy { name } } } } }`),
    ).toEqual({
      user: {
        account: { alias: "home" },
        groups: {
          nodes: [
            {
              name: "Operators",
              account: { accountId: "111" },
              users: { nodes: [{ name: "Alice" }, { name: "bob" }] },
              attachments: {
                nodes: [
                  {
                    scope: "RESOURCE_GROUP",
                    resourceGroupId: "rg-1",
                    attachedAt: "2026-01-01T00:00:00Z",
                    policy: { name: "AcmeQueueReadOnly" },
                  },
                ],
              },
            },
          ],
        },
        attachments: { nodes: [{ policy: { name: "Keeper" } }] },
      },
    });
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

describe("the snapshot", () => {
  test("names its sources and its gaps", async () => {
    expect(
      await answerTo(`{ snapshot { revision committedAt isHypothetical sources { nodes { kind title uri importedAt sha256 } }
        coverage { isComplete gaps { reason subject } } } viewer { name accountIds seesAllAccounts } }`),
    ).toMatchObject({
      snapshot: {
        revision: "7",
        isHypothetical: false,
        sources: { nodes: [{ kind: "ACCOUNT_EXPORT", uri: null }, { uri: "https://example.com/roles" }] },
        coverage: {
          isComplete: false,
          gaps: [
            { reason: "CONTROL_POLICIES_NOT_IMPORTED", subject: "111" },
            { reason: "POLICY_DOCUMENT_MISSING", subject: "AcmeQueueReadOnly" },
          ],
        },
      },
      viewer: { name: "anonymous", accountIds: null, seesAllAccounts: true },
    });
  });
});
