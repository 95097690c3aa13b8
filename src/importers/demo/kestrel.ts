import {
  allow,
  type DemoAccount,
  type DemoDocument,
  deny,
  documentOf,
  trusting,
  trustingService,
} from "./demo-account.js";

/** Kestrel Coffee: cafés whose machines speak MQTT. No such company exists, and no such accounts. */
export const IDS = {
  head: "1100000000000011",
  shop: "1200000000000012",
  lab: "1300000000000013",
  audit: "1400000000000014",
} as const;

const EVERYTHING = documentOf(allow("*"));
const READING = documentOf(allow(["*:Describe*", "*:List*", "*:Get*"]));

/** Policies of the cloud's own that the company uses. The cloud changes their text from time to time; this is one state of it. */
export const SYSTEM_POLICIES: Readonly<Record<string, DemoDocument>> = {
  AdministratorAccess: EVERYTHING,
  ReadOnlyAccess: READING,
  AliyunSTSAssumeRoleAccess: documentOf(allow("sts:AssumeRole")),
};

/** Manages the directory; people of the head office log in here. */
const head: DemoAccount = {
  id: IDS.head,
  alias: "kestrel",
  users: ["ana", "bruno", "chiara"],
  groups: { platform: ["ana", "bruno"], finance: ["chiara"] },
  roles: [
    {
      name: "break-glass",
      description: "for the night when everything is down",
      trust: trusting([`acs:ram::${IDS.head}:user/ana`], { Bool: { "acs:MFAPresent": "true" } }),
    },
  ],
  policies: {
    EnterTheShop: documentOf(allow("sts:AssumeRole", `acs:ram::${IDS.shop}:role/operator`)),
    ReadBills: documentOf(allow(["bss:Describe*", "bss:Query*"])),
  },
  attachments: [
    { policy: "AdministratorAccess", bearer: "role:break-glass" },
    { policy: "AliyunSTSAssumeRoleAccess", bearer: "user:ana" },
    { policy: "EnterTheShop", bearer: "group:platform" },
    { policy: "ReadOnlyAccess", bearer: "group:platform" },
    { policy: "ReadBills", bearer: "group:finance" },
  ],
  resourceGroups: { "rg-kestrelhead01": "default" },
  resources: [{ service: "oss", type: "bucket", id: "kestrel-plans", resourceGroupId: "rg-kestrelhead01" }],
  bucketPolicies: {},
};

const MACHINES = `acs:mq:*:${IDS.shop}:post-cn-kestrelcafe`;

/** Production: the machines' MQTT instance, the servers behind it, the receipts. */
const shop: DemoAccount = {
  id: IDS.shop,
  alias: "kestrel-shop",
  users: ["dmitri", "robot"],
  groups: { oncall: ["dmitri"] },
  roles: [
    {
      name: "operator",
      description: "runs the cafés' systems",
      trust: trusting([`acs:ram::${IDS.head}:root`]),
    },
    {
      name: "deployer",
      description: "takes a release from the lab into production",
      trust: trusting([`acs:ram::${IDS.lab}:role/ci`]),
    },
    {
      name: "db-admin",
      description: "repairs data by hand",
      trust: trusting([`acs:ram::${IDS.shop}:role/deployer`, `acs:ram::${IDS.shop}:role/operator`]),
    },
    {
      name: "AliyunServiceRoleForMqttTunnel",
      description: "service-linked",
      trust: trustingService("ep-tunnel.mqtt.aliyuncs.com"),
      isServiceLinked: true,
    },
  ],
  policies: {
    RunMachines: documentOf(
      allow(
        ["mq:MqttInstanceAccess", "mq:ListMqttInstance", "mq:Query*", "mq:*Certificate", "mq:CloseConnection"],
        MACHINES,
      ),
      deny("mq:Delete*", MACHINES),
    ),
    Release: documentOf(
      allow(["ecs:*SecurityGroup*", "ecs:DescribeInstances", "ecs:RunInstances"], `acs:ecs:*:${IDS.shop}:*`),
      allow("sts:AssumeRole", `acs:ram::${IDS.shop}:role/db-admin`),
    ),
    RepairData: documentOf(
      allow("rds:*", `acs:rds:*:${IDS.shop}:dbinstance/*`, { IpAddress: { "acs:SourceIp": ["10.20.0.0/16"] } }),
      allow("oss:GetObject", "acs:oss:*:*:kestrel-receipts/*"),
    ),
    SendFromTheCafe: documentOf(allow("mq:SendMessage", MACHINES)),
    RestartOwnServers: documentOf(
      allow(["ecs:StopInstance", "ecs:StartInstance"], `acs:ecs:*:${IDS.shop}:instance/*`, {
        StringEquals: { "acs:ResourceTag/team": "cafe" },
      }),
    ),
  },
  attachments: [
    { policy: "RunMachines", bearer: "role:operator" },
    { policy: "ReadOnlyAccess", bearer: "role:operator" },
    { policy: "Release", bearer: "role:deployer" },
    { policy: "RepairData", bearer: "role:db-admin" },
    { policy: "SendFromTheCafe", bearer: "user:robot" },
    { policy: "RestartOwnServers", bearer: "group:oncall" },
    { policy: "ReadOnlyAccess", bearer: "group:oncall", resourceGroupId: "rg-kestrelcafe01" },
  ],
  resourceGroups: { "rg-kestrelshop01": "default", "rg-kestrelcafe01": "cafes" },
  resources: [
    {
      service: "ecs",
      type: "instance",
      id: "i-kestreltill01",
      resourceGroupId: "rg-kestrelcafe01",
      tags: { team: "cafe" },
    },
    {
      service: "ecs",
      type: "instance",
      id: "i-kestrelweb01",
      resourceGroupId: "rg-kestrelshop01",
      tags: { team: "web" },
    },
    { service: "ecs", type: "securitygroup", id: "sg-kestrelweb01", resourceGroupId: "rg-kestrelshop01" },
    { service: "oss", type: "bucket", id: "kestrel-receipts", resourceGroupId: "rg-kestrelshop01" },
    { service: "oss", type: "bucket", id: "kestrel-menus", resourceGroupId: "rg-kestrelcafe01" },
  ],
  bucketPolicies: {
    "kestrel-receipts": documentOf({
      Effect: "Allow",
      Principal: [`arn:sts::${IDS.audit}:assumed-role/auditor/*`],
      Action: ["oss:GetObject", "oss:ListObjects"],
      Resource: [`acs:oss:*:${IDS.shop}:kestrel-receipts`, `acs:oss:*:${IDS.shop}:kestrel-receipts/*`],
    }),
  },
};

/** Development: much is allowed here, and one policy allows more than anybody meant. */
const lab: DemoAccount = {
  id: IDS.lab,
  alias: "kestrel-lab",
  users: ["emil", "fatou", "gus"],
  groups: { developers: ["emil", "fatou"], interns: ["gus"] },
  roles: [
    {
      name: "ci",
      description: "builds and hands over to production",
      trust: trusting([`acs:ram::${IDS.lab}:root`]),
    },
    { name: "builder", description: "build servers", trust: trustingService("ecs.aliyuncs.com") },
  ],
  policies: {
    Develop: documentOf(
      allow(["ecs:*", "vpc:*", "oss:*", "mq:*"]),
      allow("sts:AssumeRole", `acs:ram::${IDS.lab}:role/ci`),
      allow("ram:PassRole", `acs:ram:*:${IDS.lab}:role/builder`, {
        StringEquals: { "acs:Service": "ecs.aliyuncs.com" },
      }),
    ),
    // The risky one: whoever may write a new version of a policy writes what it allows.
    MaintainPolicies: documentOf(allow(["ram:CreatePolicyVersion", "ram:GetPolicy", "ram:ListPolicies"])),
    NoDeleting: documentOf(deny(["*:Delete*", "*:Release*"])),
    HandOver: documentOf(allow("sts:AssumeRole", `acs:ram::${IDS.shop}:role/deployer`)),
  },
  attachments: [
    { policy: "Develop", bearer: "group:developers" },
    { policy: "MaintainPolicies", bearer: "user:fatou" },
    { policy: "Develop", bearer: "group:interns" },
    { policy: "NoDeleting", bearer: "group:interns" },
    { policy: "HandOver", bearer: "role:ci" },
    { policy: "AdministratorAccess", bearer: "role:builder" },
  ],
  resourceGroups: { "rg-kestrellab0001": "default" },
  resources: [
    { service: "ecs", type: "instance", id: "i-kestrelbuild01", resourceGroupId: "rg-kestrellab0001" },
    { service: "oss", type: "bucket", id: "kestrel-builds", resourceGroupId: "rg-kestrellab0001" },
  ],
  bucketPolicies: {},
};

/** Looks and never touches. */
const audit: DemoAccount = {
  id: IDS.audit,
  alias: "kestrel-audit",
  users: ["hana"],
  groups: { auditors: ["hana"] },
  roles: [
    { name: "auditor", description: "reads logs and receipts", trust: trusting([`acs:ram::${IDS.audit}:user/hana`]) },
  ],
  policies: {
    ReadTrails: documentOf(
      allow(["actiontrail:Describe*", "actiontrail:Get*", "actiontrail:LookupEvents", "log:Get*"]),
    ),
    BecomeAuditor: documentOf(allow("sts:AssumeRole", `acs:ram::${IDS.audit}:role/auditor`)),
  },
  attachments: [
    { policy: "BecomeAuditor", bearer: "group:auditors" },
    { policy: "ReadTrails", bearer: "role:auditor" },
    { policy: "ReadOnlyAccess", bearer: "role:auditor" },
  ],
  resourceGroups: { "rg-kestrelaudit1": "default" },
  resources: [{ service: "oss", type: "bucket", id: "kestrel-trails", resourceGroupId: "rg-kestrelaudit1" }],
  bucketPolicies: {},
};

/** The accounts of the company; the first manages the directory. */
export const KESTREL: readonly [DemoAccount, ...DemoAccount[]] = [head, shop, lab, audit];
