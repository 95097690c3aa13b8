import { describe, expect, test } from "@jest/globals";
import { readRequestArn, UNSCOPED } from "../../src/policy/arn.js";
import { contextEntries } from "../../src/policy/conditions/context.js";
import { explainStatement } from "../../src/policy/explain-statement.js";
import { parsePolicy } from "../../src/policy/parse-policy.js";
import { pointRequest } from "../../src/policy/request.js";

interface Asked {
  readonly action?: string;
  readonly resource?: string;
  readonly context?: Readonly<Record<string, readonly string[] | "ABSENT">>;
}

/** Element, outcome, reason and pattern of each check of one statement. */
function explain(statement: object, { action = "ecs:Stop", resource = "acs:ecs:r:111:i/1", context = {} }: Asked) {
  const { value } = parsePolicy(JSON.stringify({ Version: "1", Statement: [statement] }), "IDENTITY");
  const [read] = value.statements;
  const asked = resource === "*" ? UNSCOPED : readRequestArn(resource);
  if (read === undefined || asked === undefined) throw new Error("nothing to explain");
  const request = pointRequest({
    action,
    resource: asked,
    context: { mode: "OPEN", entries: contextEntries(Object.entries(context)) },
    caller: { kind: "USER", accountId: "111", name: "alice" },
    isForeign: false,
    resourceGroup: "NONE",
  });
  const { outcome, checks } = explainStatement(
    { statement: read, layer: "ACCOUNT_LEVEL_IDENTITY_POLICY", policy: "p" },
    request,
  );
  return {
    outcome,
    checks: checks.map(({ element, outcome: each, reason, pattern }) => [element, each, reason, pattern]),
  };
}

const ANY = ["RESOURCE", "MATCHED", "PATTERN_MATCH", "*"];
const STOP = ["ACTION", "MATCHED", "PATTERN_MATCH", "ecs:Stop"];
const allow = (more: object) => ({ Effect: "Allow", Action: "ecs:Stop", Resource: "*", ...more });

describe("why a statement applies or not", () => {
  test.each<[name: string, statement: object, asked: Asked, outcome: string, checks: readonly unknown[][]]>([
    ["all match", allow({}), {}, "MATCHED", [STOP, ANY]],
    [
      "another service",
      allow({ Action: ["oss:*", "ram:Get"] }),
      {},
      "NOT_MATCHED",
      [["ACTION", "NOT_MATCHED", "SERVICE_DIFFERS", "oss:*"], ANY],
    ],
    [
      "another action",
      allow({ Action: ["oss:*", "ecs:Start"] }),
      {},
      "NOT_MATCHED",
      [["ACTION", "NOT_MATCHED", "ACTION_DIFFERS", "ecs:Start"], ANY],
    ],
    [
      "actions on the same object",
      allow({ Action: ["ecs:RunX", "ecs:CreateDisk", "ecs:DescribeDisks"] }),
      { action: "ecs:DeleteDisk" },
      "NOT_MATCHED",
      [["ACTION", "NOT_MATCHED", "ACTION_DIFFERS", "ecs:CreateDisk, ecs:DescribeDisks"], ANY],
    ],
    [
      "left out by NotAction",
      { Effect: "Allow", NotAction: ["ram:*", "ecs:St*"], Resource: "*" },
      {},
      "NOT_MATCHED",
      [["NOT_ACTION", "NOT_MATCHED", "EXCLUDED_BY_NOT_ACTION", "ecs:St*"], ANY],
    ],
    [
      "not left out by NotAction",
      { Effect: "Allow", NotAction: "ram:*", Resource: "*" },
      {},
      "MATCHED",
      [["NOT_ACTION", "MATCHED", "SERVICE_DIFFERS", "ram:*"], ANY],
    ],
    [
      "another service's resource",
      allow({ Resource: "acs:oss:*:*:*" }),
      {},
      "NOT_MATCHED",
      [STOP, ["RESOURCE", "NOT_MATCHED", "SERVICE_DIFFERS", "acs:oss:*:*:*"]],
    ],
    [
      "another region",
      allow({ Resource: "acs:ecs:x:*:*" }),
      {},
      "NOT_MATCHED",
      [STOP, ["RESOURCE", "NOT_MATCHED", "REGION_DIFFERS", "acs:ecs:x:*:*"]],
    ],
    [
      "another account",
      allow({ Resource: "acs:ecs:*:222:*" }),
      {},
      "NOT_MATCHED",
      [STOP, ["RESOURCE", "NOT_MATCHED", "ACCOUNT_DIFFERS", "acs:ecs:*:222:*"]],
    ],
    [
      "the pattern that comes closest",
      allow({ Resource: ["acs:oss:*:*:*", "acs:ecs:*:111:i/2", "acs:ecs:x:*:*"] }),
      {},
      "NOT_MATCHED",
      [STOP, ["RESOURCE", "NOT_MATCHED", "RESOURCE_DIFFERS", "acs:ecs:*:111:i/2"]],
    ],
    [
      "no resource",
      allow({ Resource: "acs:ecs:*:*:*" }),
      { resource: "*" },
      "NOT_MATCHED",
      [STOP, ["RESOURCE", "NOT_MATCHED", "SERVICE_DIFFERS", "acs:ecs:*:*:*"]],
    ],
    [
      "left out by NotResource",
      { Effect: "Allow", Action: "ecs:Stop", NotResource: "acs:ecs:*:*:i/*" },
      {},
      "NOT_MATCHED",
      [STOP, ["NOT_RESOURCE", "NOT_MATCHED", "EXCLUDED_BY_NOT_RESOURCE", "acs:ecs:*:*:i/*"]],
    ],
    [
      "conditions, each by itself",
      allow({ Condition: { StringEquals: { "k:a": ["1", "2"], "k:b": "x", "k:c": "x", "k:d": "x" } } }),
      { context: { "k:a": ["2"], "k:b": ["y"], "k:c": "ABSENT" } },
      "NOT_MATCHED",
      [
        STOP,
        ANY,
        ["CONDITION", "MATCHED", "VALUE_SATISFIES", "1, 2"],
        ["CONDITION", "NOT_MATCHED", "VALUE_FAILS", "x"],
        ["CONDITION", "NOT_MATCHED", "KEY_ABSENT", "x"],
        ["CONDITION", "MATCHED_IF", "KEY_UNKNOWN", "x"],
      ],
    ],
    [
      "an open key alone",
      allow({ Condition: { StringEquals: { "k:a": "1" } } }),
      {},
      "MATCHED_IF",
      [STOP, ANY, ["CONDITION", "MATCHED_IF", "KEY_UNKNOWN", "1"]],
    ],
    [
      "an operator that is none",
      allow({ Condition: { Null: { "k:a": "true" } } }),
      {},
      "MATCHED_IF",
      [STOP, ANY, ["CONDITION", "MATCHED_IF", "OPERATOR_UNSUPPORTED", "Null"]],
    ],
    [
      "a value that is none",
      allow({ Condition: { Bool: { "k:a": "maybe" } } }),
      {},
      "MATCHED_IF",
      [STOP, ANY, ["CONDITION", "MATCHED_IF", "VALUE_UNREADABLE", "maybe"]],
    ],
    [
      "an element that cannot be read",
      allow({ Resource: 5 }),
      {},
      "MATCHED_IF",
      [STOP, ["RESOURCE", "MATCHED_IF", "VALUE_UNREADABLE", "5"]],
    ],
  ])("%s", (_, statement, asked, outcome, checks) => {
    expect(explain(statement, asked)).toEqual({ outcome, checks });
  });
});
