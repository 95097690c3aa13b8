import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Ask, askOver } from "./ask.js";
import { BROWSING_WORLD, KEEPER_TEXT } from "./browsing-world.js";

let ask: Ask;
beforeAll(async () => {
  ask = await askOver(BROWSING_WORLD);
});

async function answerTo(query: string): Promise<unknown> {
  const { data, errors } = await ask(query);
  expect(errors).toEqual([]);
  return data;
}

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
