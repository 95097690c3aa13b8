import { expect, test } from "@jest/globals";
import { sayMissing } from "../../src/app/say-missing.js";

test.each<[string, string, object, readonly string[]]>([
  [
    "a name, with its variable",
    "query Q($r: String!) { role(name: $r) { id } }",
    { role: null },
    ["no role with name `nosuch` (variable `r`) was found"],
  ],
  [
    "by an alias, in another state, with a value of the document",
    'query Q($r: String!) { it: user(accountId: "1", name: $r, at: { asOf: "2026-01-01" }) { id } }',
    { it: null },
    ["no user with accountId `1`, name `nosuch` (variable `r`) was found in that state"],
  ],
  ["an object", 'query Q { byArn(arn: "acs:x") { id } }', { byArn: null }, ["no object with arn `acs:x` was found"]],
  [
    "what a fragment asks for",
    "query Q { ...F } fragment F on Query { role { id } }",
    { role: null },
    ["nothing was found for `role`"],
  ],
  ["nothing that is there", "query Q { roles { totalCount } role { id } }", { roles: {}, role: { id: "1" } }, []],
])("names %s", (_rule, query, data, sentences) => {
  expect(sayMissing({ query, operationName: "Q", variables: { r: "nosuch" } }, data)).toEqual(sentences);
});
