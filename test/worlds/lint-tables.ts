import type { PolicyDocumentType } from "../../src/policy/document.js";

const ALLOW = { Effect: "Allow", Action: "ecs:DescribeInstances", Resource: "*" };
const DENY = { ...ALLOW, Effect: "Deny" };
/** A statement's condition. */
export const on = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });

/** Statements that a rule reports at the given pointers, and ones that come near without being it. */
export interface Table {
  readonly type?: PolicyDocumentType;
  readonly found: readonly (readonly [pointers: readonly string[], ...statements: readonly object[]])[];
  readonly clean: readonly (readonly object[])[];
}

export const TABLES: Readonly<Record<string, Table>> = {
  ALLOWS_EVERYTHING: {
    found: [
      [["/Statement/0/Action"], { ...ALLOW, Action: "*" }],
      [["/Statement/0/Action/1"], { ...ALLOW, Action: ["ecs:*", "*:*"] }],
    ],
    clean: [
      [{ ...ALLOW, Action: "*", Resource: "acs:oss:*:*:docs/*" }],
      [{ ...ALLOW, Action: "*", ...on("Bool", "acs:MFAPresent", "true") }],
      [{ ...DENY, Action: "*" }],
      [{ ...ALLOW, Action: "*:Describe*" }],
    ],
  },
  RAM_FULL_ACCESS: {
    found: [
      [["/Statement/0/Action/1"], { ...ALLOW, Action: ["ecs:*", "RAM:*"] }],
      [["/Statement/0/Action"], { ...ALLOW, Action: "ims:*", Resource: "acs:ims:*:*:user/x" }],
      // What cannot be read in full is looked at all the same.
      [["/Statement/0/Action"], { Effect: "allow", Action: "ram:*", Resource: 1, condition: {} }],
    ],
    clean: [
      [{ ...ALLOW, Action: "ram:Get*" }],
      [{ ...DENY, Action: "ram:*" }],
      [{ ...ALLOW, NotAction: "ram:*", Action: undefined }],
    ],
  },
  ALLOW_NOT_ACTION: {
    found: [[["/Statement/0/NotAction"], { Effect: "Allow", NotAction: ["ram:*"], Resource: "*" }]],
    clean: [[{ Effect: "Deny", NotAction: ["ram:*"], Resource: "*" }], [ALLOW]],
  },
  BROAD_DELETE: {
    found: [
      [["/Statement/0/Action/1"], { ...ALLOW, Action: ["ecs:DescribeInstances", "ecs:DeleteInstance"] }],
      [["/Statement/0/Action"], { ...ALLOW, Action: "ecs:*", Resource: "acs:ecs:*:*:*" }],
      [["/Statement/0/Action"], { ...ALLOW, Action: "ecs:Delete*" }],
      [["/Statement/0/Action"], { ...ALLOW, Action: "oss:ReleaseX" }],
    ],
    clean: [
      [{ ...ALLOW, Action: "ecs:DeleteInstance", Resource: "acs:ecs:*:*:instance/i-1" }],
      [{ ...ALLOW, Action: "ecs:DeleteInstance", ...on("StringEquals", "acs:ResourceTag/env", "test") }],
      [{ ...DENY, Action: "ecs:DeleteInstance" }],
      [{ ...ALLOW, Action: ["ecs:Describe*", "*:List*"] }],
      [{ ...ALLOW, Action: "ecs:RemoveTags" }],
    ],
  },
  BROAD_PERMISSION_MANAGEMENT: {
    found: [
      [["/Statement/0/Action"], { ...ALLOW, Action: "ram:AttachPolicyToUser" }],
      [
        ["/Statement/0/Action/0"],
        { ...ALLOW, Action: ["ram:Attach*", "ram:CreatePolicyVersion"], Resource: "acs:ram:*:*:*" },
      ],
      [["/Statement/0/Action"], { ...ALLOW, Action: "oss:PutBucket*" }],
    ],
    clean: [
      [{ ...ALLOW, Action: "ram:AttachPolicyToUser", Resource: "acs:ram:*:*:user/app-*" }],
      [{ ...ALLOW, Action: ["ram:ListUsers", "ram:GetPolicy", "ram:CreateServiceLinkedRole"] }],
      [{ ...ALLOW, Action: "ram:CreateAccessKey", ...on("IpAddress", "acs:SourceIp", "192.0.2.0/24") }],
    ],
  },
  PASS_ROLE_WITHOUT_SERVICE: {
    found: [
      [["/Statement/0/Action"], { ...ALLOW, Action: "ram:PassRole" }],
      [
        ["/Statement/0/Action/0"],
        { ...ALLOW, Action: ["ram:Pass*"], ...on("StringNotEquals", "acs:Service", "ecs.aliyuncs.com") },
      ],
    ],
    clean: [
      [{ ...ALLOW, Action: "ram:PassRole", ...on("StringEquals", "acs:service", "fc.aliyuncs.com") }],
      [{ ...DENY, Action: "ram:PassRole" }],
      [{ ...ALLOW, Action: "ram:*" }],
    ],
  },
  CONDITION_NEVER_HOLDS: {
    found: [
      [["/Statement/0/Condition"], { ...ALLOW, ...on("StringEquals", "acs:SourceVpc", []) }],
      [
        ["/Statement/0/Condition"],
        {
          ...ALLOW,
          Condition: { StringEquals: { "acs:SourceVpc": "a" }, StringNotEquals: { "acs:SourceVpc": ["a", "b"] } },
        },
      ],
      // One instant is not before the first of January and behind the last of December.
      [
        ["/Statement/0/Condition"],
        {
          ...DENY,
          Condition: {
            DateLessThan: { "acs:CurrentTime": "2026-01-01T00:00:00Z" },
            DateGreaterThan: { "acs:CurrentTime": "2026-12-31T00:00:00Z" },
          },
        },
      ],
      [
        ["/Statement/0/Condition"],
        {
          ...ALLOW,
          Condition: { IpAddress: { "acs:SourceIp": "10.0.0.0/8" }, NotIpAddress: { "acs:SourceIp": "10.0.0.0/7" } },
        },
      ],
    ],
    clean: [
      [
        {
          ...ALLOW,
          Condition: { StringLike: { "acs:SourceVpc": "vpc-*" }, StringNotEquals: { "acs:SourceVpc": "vpc-1" } },
        },
      ],
      // A key with several values can equal both.
      [{ ...ALLOW, Condition: { StringEquals: { "oss:Tag": "a" }, StringLike: { "oss:Tag": "b*" } } }],
      [
        {
          ...ALLOW,
          Condition: {
            DateLessThan: { "acs:CurrentTime": "2026-12-31T00:00:00Z" },
            DateGreaterThan: { "acs:CurrentTime": "2026-01-01T00:00:00Z" },
          },
        },
      ],
      [{ ...DENY, Condition: { NotIpAddress: { "acs:SourceIp": "10.0.0.0/8" } } }],
      [{ ...ALLOW, Condition: {} }],
    ],
  },
  CONDITION_ALWAYS_HOLDS: {
    found: [
      [
        ["/Statement/0/Condition/StringNotEquals/acs:SourceVpc"],
        { ...ALLOW, ...on("StringNotEquals", "acs:SourceVpc", []) },
      ],
    ],
    clean: [
      [{ ...ALLOW, ...on("StringLike", "acs:SourceVpc", "*") }],
      [{ ...ALLOW, ...on("StringNotEquals", "acs:SourceVpc", "vpc-1") }],
    ],
  },
  WILDCARD_IS_LITERAL: {
    found: [
      [
        ["/Statement/0/Condition/StringEquals/oss:Prefix"],
        { ...ALLOW, ...on("StringEquals", "oss:Prefix", ["a", "docs/*"]) },
      ],
      [
        ["/Statement/0/Condition/StringNotEquals/acs:SourceVpc"],
        { ...DENY, ...on("StringNotEquals", "acs:SourceVpc", "*") },
      ],
    ],
    clean: [
      [{ ...ALLOW, ...on("StringLike", "oss:Prefix", "docs/*") }],
      [{ ...ALLOW, ...on("StringEquals", "acs:PrincipalRDId", "rd-12****") }],
    ],
  },
  MISSPELT_CONDITION_KEY: {
    found: [
      [
        ["/Statement/0/Condition/StringEquals/acs:SourceVcp"],
        { ...ALLOW, ...on("StringEquals", "acs:SourceVcp", "vpc-1") },
      ],
    ],
    clean: [
      [{ ...ALLOW, ...on("StringEquals", "ACS:sourcevpc", "vpc-1") }],
      [{ ...ALLOW, ...on("StringEquals", "ecs:tag/ownr", "x") }],
      [{ ...ALLOW, ...on("StringEquals", "fc:SomethingNew", "x") }],
    ],
  },
  OVERRULED_ALLOW: {
    found: [
      [["/Statement/0"], { ...ALLOW, Resource: "acs:ecs:*:*:instance/*" }, { ...DENY, Action: "ecs:*" }],
      [["/Statement/1"], { ...DENY, NotAction: "oss:*", Action: undefined }, ALLOW],
    ],
    clean: [
      [ALLOW, { ...DENY, Action: "ecs:*", ...on("Bool", "acs:MFAPresent", "false") }],
      [ALLOW, { ...DENY, Resource: "acs:ecs:*:*:instance/*" }],
      [ALLOW, { ...DENY, NotAction: "ecs:*", Action: undefined }],
      [ALLOW, { ...DENY, Action: "ecs:*", condition: {} }],
    ],
  },
  SHADOWED_STATEMENT: {
    found: [
      [["/Statement/1"], { ...ALLOW, Action: "ecs:*" }, ALLOW],
      [["/Statement/1"], ALLOW, ALLOW],
      [["/Statement/0"], { ...DENY, ...on("Bool", "acs:MFAPresent", "false") }, DENY],
      [
        ["/Statement/1"],
        { ...ALLOW, ...on("StringLike", "acs:SourceVpc", "vpc-*") },
        { ...ALLOW, ...on("StringEquals", "acs:SourceVpc", ["vpc-1", "vpc-2"]) },
      ],
      [
        ["/Statement/1"],
        { ...ALLOW, Resource: "acs:ram:*:*:role/A*" },
        { ...ALLOW, Resource: "acs:ram::111:role/abc" },
      ],
    ],
    clean: [
      [
        { ...ALLOW, Resource: "acs:oss:*:*:A*" },
        { ...ALLOW, Resource: "acs:oss:*:*:abc" },
      ],
      [{ ...ALLOW, Action: "ecs:*" }, DENY],
      [{ ...ALLOW, Action: "ecs:Describe*", Resource: "acs:ecs:*:*:instance/*" }, ALLOW],
      [
        { ...ALLOW, ...on("StringEquals", "acs:SourceVpc", "vpc-1") },
        { ...ALLOW, ...on("StringEquals", "acs:SourceVpc", "vpc-2") },
      ],
    ],
  },
  DENY_WITHOUT_EFFECT: {
    type: "SESSION",
    found: [
      [["/Statement/1"], ALLOW, { ...DENY, Action: "oss:*" }],
      [["/Statement/0"], DENY],
    ],
    clean: [
      [
        { ...ALLOW, Action: "*" },
        { ...DENY, Action: "oss:*" },
      ],
      [{ ...ALLOW, Effect: "allow" }, DENY],
    ],
  },
  REDUNDANT_PATTERN: {
    found: [
      [["/Statement/0/Action/1"], { ...ALLOW, Action: ["ecs:Describe*", "ecs:describeinstances"] }],
      [["/Statement/0/Action/1"], { ...ALLOW, Action: ["ecs:X", "ecs:X"] }],
      [["/Statement/0/Resource/0"], { ...ALLOW, Resource: ["acs:oss:*:*:b/docs/*", "acs:oss:*:*:b/*"] }],
    ],
    clean: [
      [{ ...ALLOW, Action: ["ecs:Describe*", "ecs:List*", "vpc:DescribeVpcs"] }],
      [{ ...ALLOW, Resource: ["acs:oss:*:*:b", "acs:oss:*:*:b/*"] }],
    ],
  },
  UNKNOWN_ACTION: {
    found: [[["/Statement/0/Action/1"], { ...ALLOW, Action: ["mq:DeleteGroup", "mq:ListInstancse"] }]],
    clean: [[{ ...ALLOW, Action: ["mq:LISTinstances", "ecs:DescribeInstancse", "mq:List*", "mq:SomethingElse"] }]],
  },
  IDLE_ACTION: {
    found: [
      [
        ["/Statement/0/Action/0", "/Statement/0/Action/1"],
        { ...ALLOW, Action: ["mq:Obliterate*", "mq:SomethingElse"] },
      ],
    ],
    clean: [[{ ...ALLOW, Action: ["mq:List*", "mq:ListInstancse", "ecs:Obliterate*", "*:Obliterate*"] }]],
  },
  RESOURCE_NOT_TAKEN: {
    found: [
      [["/Statement/0/Action"], { ...ALLOW, Action: "mq:DeleteGroup", Resource: "acs:ecs:*:*:instance/*" }],
      [["/Statement/0/Action"], { ...ALLOW, Action: "mq:ListInstances", Resource: "acs:mq:*:*:*" }],
      [
        ["/Statement/0/Action/0"],
        { ...ALLOW, Action: ["mq:DeleteGroup", "mq:QueryMqttDeviceTrace"], Resource: "acs:mq:*:*:mqtt-1" },
      ],
    ],
    clean: [
      [{ ...ALLOW, Action: ["mq:DeleteGroup", "mq:ListInstances"], Resource: "*" }],
      [{ ...ALLOW, Action: ["mq:DeleteGroup", "mq:QueryMqttDeviceTrace"], Resource: "acs:mq:*:*:*" }],
      // The catalog does not say what these take.
      [{ ...ALLOW, Action: ["mq:QueryDeviceStatistics", "ecs:DeleteInstance"], Resource: "acs:oss:*:*:docs" }],
    ],
  },
  DOCUMENT_TOO_LONG: {
    type: "CONTROL",
    found: [[[""], { ...ALLOW, Resource: `acs:oss:*:*:${"\u00e9".repeat(2048)}` }]],
    clean: [[{ ...ALLOW, Resource: `acs:oss:*:*:${"x".repeat(3800)}` }]],
  },
};
