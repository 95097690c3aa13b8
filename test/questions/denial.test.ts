import { describe, expect, test } from "@jest/globals";
import { denialSentence } from "../../src/questions/denial/denial-sentence.js";
import type { ExplainedDenial } from "../../src/questions/denial/explain-denial.js";
import { explainDenial } from "../../src/questions/denial/explain-denial.js";
import { readDenial } from "../../src/questions/denial/read-denial.js";
import { buildWorld, type World } from "../worlds/build-world.js";

const READ = { Effect: "Allow", Action: "oss:GetObject", Resource: "*" };
const DENY = { ...READ, Effect: "Deny" };
const USER = { AuthPrincipalType: "SubUser", AuthPrincipalOwnerId: "111", AuthPrincipalDisplayName: "2001" };
const ROLE = {
  AuthPrincipalType: "AssumedRoleUser",
  AuthPrincipalOwnerId: "111",
  AuthPrincipalDisplayName: "R:session",
};

/** What the cloud says of a read that was denied. */
const MESSAGE = {
  AuthAction: "oss:GetObject",
  AuthResource: "acs:oss:*:111:docs/a",
  AuthPrincipal: USER,
  AuthConditions: [{ ConditionKey: "acs:SourceIp", ConditionValues: ["192.0.2.1"] }],
  ExplicitDeny: false,
  NoPermissionPolicyType: "ResourceGroupLevelIdentityBasedPolicy",
  MatchedPolicies: [] as object[],
};
const matched = (identifier: string, more: object = {}) => ({
  Effect: "Deny",
  PolicyIdentifier: identifier,
  PolicyType: "System",
  AttachedEntityType: "RamUser",
  AttachedScope: "Account",
  ...more,
});
const explicit = (type: string, ...policies: object[]) => ({
  ExplicitDeny: true,
  NoPermissionPolicyType: type,
  MatchedPolicies: policies,
});

const PEOPLE: World = { policies: { p: [READ] }, users: { u: ["p"] }, roles: { r: ["p"] }, ids: { u: "2001" } };

function explain(world: World, message: object, sessionPolicy?: string): ExplainedDenial {
  const text = JSON.stringify({ RequestId: "1", DecodedDiagnosticMessage: { ...MESSAGE, ...message } });
  const denial = readDenial(text, "message");
  if ("refusal" in denial) throw new Error(denial.refusal.message);
  const explained = explainDenial(buildWorld(world, ["oss:GetObject"]), denial.value, sessionPolicy, "message");
  if ("refusal" in explained) throw new Error(explained.refusal.message);
  return explained.value;
}

const layersOf = ({ layers }: ExplainedDenial) => layers.map(({ layer, theirs, ours }) => `${layer} ${theirs} ${ours}`);
const codesOf = ({ reasons }: ExplainedDenial) => reasons.map(({ finding }) => finding.code);

describe("a denial beside our answer", () => {
  test("agrees that nothing allows it, at whichever level the silence is reported", () => {
    const silent = explain({ ...PEOPLE, users: { u: [] } }, {});
    expect([silent.agreement, codesOf(silent)]).toEqual(["AGREES", []]);
    expect(layersOf(silent)).toEqual([
      "CONTROL_POLICY PASSES ABSENT",
      "SESSION_POLICY PASSES ABSENT",
      "ACCOUNT_LEVEL_IDENTITY_POLICY SILENT SILENT",
      "RESOURCE_GROUP_LEVEL_IDENTITY_POLICY SILENT ABSENT",
    ]);
  });

  test("agrees on a Deny", () => {
    const world = { ...PEOPLE, policies: { p: [READ, DENY] } };
    const denied = explain(world, explicit("AccountLevelIdentityBassdPolicy", matched("P")));
    expect([denied.agreement, codesOf(denied), layersOf(denied).at(-1)]).toEqual([
      "AGREES",
      [],
      "ACCOUNT_LEVEL_IDENTITY_POLICY DENIES DENIES",
    ]);
  });

  test("differs where a policy was detached, and says so", () => {
    const world: World = { ...PEOPLE, policies: { p: [READ], no: [DENY] } };
    const denied = explain(world, explicit("AccountLevelIdentityBasedPolicy", matched("no")));
    expect([denied.agreement, codesOf(denied)]).toEqual([
      "DIFFERS",
      ["MATCHED_POLICY_NOT_ATTACHED", "FACTS_OF_ANOTHER_TIME"],
    ]);
    expect(denialSentence(denied)).toBe(
      "Alibaba Cloud denied u oss:GetObject on acs:oss:*:111:docs/a: `no`, the identity policies of the account level, denies it. Our answer differs: u may do oss:GetObject on acs:oss:*:111:docs/a: /Statement/0 of p allows it. To look at first: policy `no`, which the cloud names, does not reach `u` at this revision.",
    );
  });

  test("differs where the policy is not known at all, or known in another version", () => {
    const unknown = explain(
      PEOPLE,
      explicit("AccountLevelIdentityBasedPolicy", matched("gone", { PolicyType: "Custom" })),
    );
    expect([unknown.agreement, codesOf(unknown)[0]]).toEqual(["DIFFERS", "MATCHED_POLICY_NOT_KNOWN"]);
    const older = explain(PEOPLE, explicit("AccountLevelIdentityBasedPolicy", matched("p", { PolicyVersion: "v3" })));
    expect(codesOf(older)).toContain("MATCHED_VERSION_DIFFERS");
  });

  test("differs where the cloud says silence and we see a Deny", () => {
    const denied = explain({ ...PEOPLE, policies: { p: [READ, DENY] } }, {});
    expect(denied.agreement).toBe("DIFFERS");
  });

  test("is open where our answer hangs on a key that the message does not give", () => {
    const world = { ...PEOPLE, policies: { p: [{ ...READ, Condition: { Bool: { "acs:MFAPresent": "true" } } }] } };
    const open = explain(world, {});
    expect([open.agreement, codesOf(open)]).toEqual(["OPEN", ["CONTEXT_NOT_TOLD"]]);
    const told = explain(world, { AuthConditions: [{ ConditionKey: "acs:MFAPresent", ConditionValues: ["false"] }] });
    expect(told.agreement).toBe("AGREES");
  });

  test("asks for the session policy, and takes it", () => {
    const message = { AuthPrincipal: ROLE, NoPermissionPolicyType: "SessionPolicy" };
    const without = explain(PEOPLE, message);
    expect([without.agreement, codesOf(without)[0]]).toEqual(["DIFFERS", "SESSION_POLICY_NOT_GIVEN"]);
    const session = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}';
    expect(explain(PEOPLE, message, session).agreement).toBe("AGREES");
  });

  test("says that control policies were not imported", () => {
    const gap = { reason: "CONTROL_POLICIES_NOT_IMPORTED" as const, subject: "111", detail: "no control policies" };
    const bound = explain({ ...PEOPLE, gaps: [gap] }, { NoPermissionPolicyType: "ControlPolicy" });
    expect([bound.agreement, codesOf(bound)[0], layersOf(bound)[0]]).toEqual([
      "DIFFERS",
      "LAYER_NOT_SEEN",
      "CONTROL_POLICY SILENT ABSENT",
    ]);
  });

  test("knows a role by its session, and says when somebody is not known", () => {
    expect(explain(PEOPLE, { AuthPrincipal: ROLE }).decision.asker?.principal?.name).toBe("r");
    const stranger = explain(PEOPLE, { AuthPrincipal: { ...USER, AuthPrincipalDisplayName: "9999" } });
    expect([stranger.agreement, codesOf(stranger)]).toEqual(["OPEN", ["UNKNOWN_PRINCIPAL"]]);
    const federated = explain(PEOPLE, { AuthPrincipal: { ...USER, AuthPrincipalType: "Federated" } });
    expect(federated.agreement).toBe("OPEN");
  });

  test("takes an action without a resource, and a layer that nobody knows", () => {
    const none = explain({ ...PEOPLE, users: { u: [] } }, { AuthResource: "*", NoPermissionPolicyType: "NewKind" });
    expect([none.agreement, none.decision.question.resource.text]).toEqual(["AGREES", "*"]);
  });
});

describe("reading a message", () => {
  const refusalOf = (text: string) => {
    const read = readDenial(text, "message");
    return "refusal" in read ? read.refusal.message : JSON.stringify(read.value);
  };

  test.each([
    ["its inner object", JSON.stringify(MESSAGE)],
    [
      "an SDK's names",
      JSON.stringify(MESSAGE).replace(
        /"([A-Z])(\w+)":/g,
        (_, head: string, rest: string) => `"${head.toLowerCase()}${rest}":`,
      ),
    ],
    [
      "lists that are wrapped",
      JSON.stringify({ ...MESSAGE, AuthConditions: { AuthCondition: MESSAGE.AuthConditions } }),
    ],
  ])("takes %s", (_, text) => {
    const read = readDenial(text, "message");
    expect(read).toMatchObject({
      value: {
        action: "oss:GetObject",
        conditions: [{ key: "acs:SourceIp", values: ["192.0.2.1"] }],
        isExplicit: false,
      },
    });
  });

  test.each([
    [
      "AQEAAAAAZBgxr0U1MjA1NTM1LUM4BBktMzE5RS1CODgxLUU1QTI0RDNFQTM1****",
      /still encoded; call `aliyun ram DecodeDiagnosticMessage/,
    ],
    [
      JSON.stringify({
        Code: "NoPermission",
        AccessDeniedDetail: { AuthAction: "x:y", EncodedDiagnosticMessage: "AQEAAAAAZBgx" },
      }),
      /`AQEAAAAAZBgx` is still encoded/,
    ],
    ["", /no JSON/],
    ["{", /no JSON/],
    ["[]", /`AuthAction`, `AuthResource`, `AuthPrincipal` missing/],
    ["null", /missing/],
    ['{"AuthAction":1,"AuthResource":{},"AuthPrincipal":[]}', /`AuthResource` missing/],
    [`{"a":${'{"a":'.repeat(80)}1${"}".repeat(80)}}`, /no JSON|missing/],
    ['{"__proto__":{"AuthAction":"a:b"}}', /missing/],
  ])("refuses %s and says what to do", (text, expected) => expect(refusalOf(text)).toMatch(expected));

  test("refuses an action or resource that is none, naming the argument", () => {
    const denial = readDenial(JSON.stringify({ ...MESSAGE, AuthResource: "docs" }), "message");
    if ("refusal" in denial) throw new Error(denial.refusal.message);
    const explained = explainDenial(buildWorld(PEOPLE, []), denial.value, undefined, "message");
    expect(explained).toMatchObject({
      refusal: { argument: "message", message: expect.stringMatching(/docs/) },
    });
  });
});
