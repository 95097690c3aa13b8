import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Ask, askOver } from "./ask.js";
import { BROWSING_WORLD } from "./browsing-world.js";

let ask: Ask;
beforeAll(async () => {
  ask = await askOver(BROWSING_WORLD);
});

const whoCan = (args: string) => `{ whoCan(${args}) { totalCount } }`;
const ONE = "takes exactly one of its fields; give one and leave out the others";

describe("a value that does not fit is refused with its argument", () => {
  test.each([
    [
      "two keys in a one-of",
      whoCan('actions: { name: "a:B", operation: "B" }, resource: { unscoped: true }'),
      "actions",
      `\`ActionInput\` ${ONE}`,
    ],
    ["no key in a one-of", whoCan("actions: {}, resource: { unscoped: true }"), "actions", `\`ActionInput\` ${ONE}`],
    [
      "two keys in a one-of inside of a one-of",
      whoCan('actions: { name: "a:B" }, resource: { anyOf: { pattern: "*", type: "ecs:X" } }'),
      "resource.anyOf",
      `\`ResourceSetInput\` ${ONE}`,
    ],
    [
      "an ARN of no form",
      whoCan('actions: { name: "a:B" }, resource: { arn: "sg-1" }'),
      "resource.arn",
      "`sg-1` has not the form of ARN: write five parts divided by colons",
    ],
    [
      "an ARN with a control character",
      whoCan('actions: { name: "a:B" }, resource: { arn: "acs:ecs:cn-hangzhou:1:instance/i\\u0000" }'),
      "resource.arn",
      "`acs:ecs:cn-hangzhou:1:instance/i\u0000` has not the form of ARN",
    ],
    ["a number for a text", "{ role(name: 1) { id } }", "name", "String cannot represent a non string value: 1"],
    [
      "an unknown word",
      "{ policies(filterBy: { types: [ROOT] }) { totalCount } }",
      "filterBy.types",
      'value "ROOT" does not exist',
    ],
    [
      "an unknown field",
      '{ roles(filterBy: { name: "x" }) { totalCount } }',
      "filterBy.name",
      'field "name" is not defined',
    ],
  ])("%s in the text", async (_what, query, argument, message) => {
    const { errors } = await ask(query);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument } }]);
    expect(errors[0]?.message).toContain(`${argument}: ${message}`);
  });

  const QUERY = `query Q($actions: ActionInput!, $arn: ARN!, $levels: [AccessLevel!]) {
    whoCan(actions: $actions, resource: { arn: $arn }) { totalCount }
    actions(filterBy: { accessLevels: $levels }) { totalCount } }`;
  const FITTING = { actions: { name: "a:B" }, arn: "acs:a:::x" };

  test.each([
    ["two keys in a one-of", { actions: { name: "a:B", operation: "B" } }, "actions", ONE],
    ["a null in a one-of", { actions: { name: null } }, "actions.name", "must be non-null"],
    ["an ARN of no form", { arn: "sg-1" }, "resource.arn", "`sg-1` has not the form of ARN: write five parts"],
    [
      "an unknown word in a list",
      { levels: ["GET", "ROOT"] },
      "filterBy.accessLevels[1]",
      'value "ROOT" does not exist',
    ],
    ["a null where there must be one", { arn: null }, "resource.arn", "must not be null"],
  ])("%s in the variables", async (_what, variables, argument, message) => {
    const { errors } = await ask(QUERY, { ...FITTING, ...variables });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument } }]);
    expect(errors[0]?.message).toContain(message);
    expect(errors[0]?.message.startsWith(`${argument}: `)).toBe(true);
  });
});

describe("what is no value keeps its own error", () => {
  test.each([
    ["{ nothing }", 'Cannot query field "nothing" on type "Query".'],
    ["{ role { id } }", 'Field "role" argument "name" of type "String!" is required, but it was not provided.'],
    ["{ roles(size: 1) { totalCount } }", 'Unknown argument "size" on field "Query.roles".'],
  ])("%s", async (query, message) => {
    expect((await ask(query)).errors).toEqual([{ message, extensions: {} }]);
  });
});

test("one-of inputs are marked in the schema", async () => {
  const { data } = await ask('{ __type(name: "ActionInput") { isOneOf } }');
  expect(data).toEqual({ __type: { isOneOf: true } });
});
