import { encodeId } from "../../src/graphql/global-id.js";
import { actionKey, roleKey, userKey } from "../../src/inventory/keys.js";

/** The account of the demonstration company that the viewer sees, one that they do not, and one that does not exist. */
export const SEEN = "1200000000000012";
const UNSEEN = "1300000000000013";
const MISSING = "1999999999999999";

/** What only those know who may see {@link UNSEEN} or the accounts beside it. No question holds these texts. */
export const SECRETS = ["230000000000100", "330000000000100", "210000000000100", "310000000000100", "kestrel-builds"];

type Texts = readonly [string, ...string[]];

const accounts: Texts = [SEEN, SEEN, UNSEEN, MISSING, "catalog", "1100000000000011"];
const arns: Texts = [
  `acs:ram::${SEEN}:role/operator`,
  `acs:ram::${SEEN}:user/dmitri`,
  `acs:ram::${SEEN}:group/oncall`,
  `acs:ram::${SEEN}:policy/RunMachines`,
  `acs:ram::${SEEN}:root`,
  `acs:ram::${UNSEEN}:role/ci`,
  `acs:ram::${UNSEEN}:user/gus`,
  `acs:ram::${MISSING}:role/ci`,
  "acs:ram::system:policy/ReadOnlyAccess",
  "acs:ram::*:role/AliyunServiceRoleForMSE",
  `acs:ecs:cn-hangzhou:${SEEN}:instance/i-kestreltill01`,
  `acs:ecs:cn-hangzhou:${UNSEEN}:securitygroup/sg-1`,
  "acs:ecs:*:*:*",
  "acs:oss:*:*:kestrel-receipts/*",
];
const ids: Texts = [
  encodeId(roleKey(SEEN, "operator")),
  encodeId(userKey(SEEN, "dmitri")),
  encodeId(roleKey(UNSEEN, "ci")),
  encodeId(roleKey(MISSING, "ci")),
  encodeId(actionKey("ecs:deletesecuritygroup")),
  ...arns,
];
const actions: Texts = ["ecs:StopInstance", "ecs:DeleteSecurityGroup", "mq:RegisterCa", "ecs:*", "*", "rds:DeleteDB*"];
const names: Texts = ["operator", "dmitri", "oncall", "RunMachines", "ci", "gus", "NoDeleting", ...actions];
const documents: Texts = [
  '{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  '{"Version":"1","Statement":[{"Effect":"Deny","Action":["ecs:*"],"Resource":"acs:ecs:*:*:*","Condition":{"StringEquals":{"acs:SourceIp":"1"}}}]}',
  '{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"*"}}]}',
];

/** Texts that an argument of some name may well be given, by parts of its name. The first that fits holds. */
const samples: readonly (readonly [name: RegExp, texts: Texts])[] = [
  [/^(revision|minRevision)$/, ["1", "2", "5", "6", "7"]],
  [/^asOf$/, ["2026-01-01T00:00:00Z", "2035-01-01T00:00:00Z"]],
  [/accountId/i, accounts],
  [/^(arn|arns|allOf|anyOf|pattern|resource|resources)$/i, [...arns, ...actions]],
  [/^(id|ids|principal|to|policy|group|target|deletePolicy|deleteRole)$/, ids],
  [/document|sessionPolicy|trustPolicy/i, documents],
  [/^operations$/, ["RegisterCaCertificate", "mq:RegisterCaCertificate", "ListGroupId"]],
  [/^(code|service|services)$/, ["mq", "ecs", "fc.aliyuncs.com"]],
  [/^key$/, ["acs:SourceIp", "acs:CurrentTime", "ecs:tag/env"]],
  [/^action/, actions],
];

/** Texts for the argument, or the field of an input, of this name. */
export function textsFor(name: string): Texts {
  return samples.find(([pattern]) => pattern.test(name))?.[1] ?? names;
}
