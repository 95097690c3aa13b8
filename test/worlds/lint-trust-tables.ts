import { on, type Table } from "./lint-tables.js";

const TRUST = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { RAM: "acs:ram::111:root" } };

/** The same for rules about trust policies. */
export const TRUST_TABLES: Readonly<Record<string, Table>> = {
  OPEN_TO_ANYONE: {
    type: "TRUST",
    found: [
      [["/Statement/0/Principal"], { ...TRUST, Principal: { RAM: ["acs:ram::111:root", "*"] } }],
      [["/Statement/0/Principal"], { ...TRUST, Principal: { RAM: "acs:ram::*:root" } }],
      [["/Statement/0/Principal"], { ...TRUST, Principal: { Service: "*" } }],
    ],
    clean: [
      [TRUST],
      [{ ...TRUST, Principal: { RAM: "acs:ram::111:user/*" } }],
      [{ ...TRUST, Effect: "Deny", Principal: { RAM: "*" } }],
    ],
  },
  FEDERATION_WITHOUT_AUDIENCE: {
    type: "TRUST",
    found: [
      [["/Statement/0/Principal"], { ...TRUST, Principal: { Federated: "acs:ram::111:saml-provider/corp" } }],
      [
        ["/Statement/0/Principal"],
        { ...TRUST, Principal: { Federated: "acs:ram::111:oidc-provider/ci" }, ...on("StringEquals", "oidc:aud", "x") },
      ],
    ],
    clean: [
      [
        {
          ...TRUST,
          Principal: { Federated: "acs:ram::111:saml-provider/corp" },
          ...on("StringEquals", "saml:recipient", "https://signin.aliyun.com/saml-role/sso"),
        },
      ],
      [
        {
          ...TRUST,
          Principal: { Federated: "acs:ram::111:oidc-provider/ci" },
          Condition: { StringEquals: { "oidc:aud": "x", "oidc:sub": "y" } },
        },
      ],
    ],
  },
  TRUST_WITHOUT_ASSUME_ROLE: {
    type: "TRUST",
    found: [
      [["/Statement/0/Action"], { ...TRUST, Action: ["oss:GetObject"] }],
      [["/Statement/0/NotAction"], { Effect: "Allow", NotAction: "sts:*", Principal: { RAM: "acs:ram::111:root" } }],
    ],
    clean: [[TRUST], [{ ...TRUST, Action: ["oss:GetObject", "STS:Assume*"] }]],
  },
};
