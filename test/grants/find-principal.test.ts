import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { findByArn } from "../../src/grants/find-by-arn.js";
import { findPrincipal } from "../../src/graphql/find-principal.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";

const names = ["u", "U", "r", "g", "both", "Both", "p", "", "u/u", "u:u"];
const snapshot = buildWorld(
  {
    policies: { p: [] },
    users: { u: [], both: [], "222/u": [], "u:u": [] },
    roles: { r: [], both: [], "catalog/r": [], "222/r": [] },
    groups: { g: { members: ["u"], policies: [] } },
  },
  [],
);

test("a principal is found by the spelling of its ARN as by looking at all that it may mean", () => {
  const arn = fc
    .tuple(
      fc.constantFrom("acs:ram:", "acs:ram:", "acs:ram:", "ACS:RAM:", "acs:oss:"),
      fc.constantFrom("", "", "*", "r1"),
      fc.constantFrom("111", "222", "catalog", "Catalog", "*", "", "system", "333"),
      fc.constantFrom("user/", "role/", "User/", "group/", "policy/", "user", ""),
      fc.constantFrom(...names),
    )
    .map(([head, region, account, kind, name]) => `${head}${region}:${account}:${kind}${name}`);
  let known = 0;
  const law = fc.property(arn, (text) => {
    const key = findByArn(snapshot, text);
    const principal = key === undefined ? undefined : snapshot.principalByKey.get(key);
    expect([text, findPrincipal(snapshot, text)?.key]).toEqual([text, principal?.key]);
    if (principal !== undefined) known += 1;
  });
  fc.assert(law, runs(3_000));
  expect(known).toBeGreaterThan(20);
  for (const { arn: own, key } of snapshot.principals) expect(findPrincipal(snapshot, own)?.key).toBe(key);
});

test("whom an ARN named at one state it does not name at another where they are gone", () => {
  const [alone, empty] = [{ u: [] }, {}].map((users) => buildWorld({ policies: {}, users }, []));
  if (alone === undefined || empty === undefined) throw new Error("there are two");
  const found = [alone, alone, empty, alone].map((state) => findPrincipal(state, "acs:ram::111:user/u")?.name);
  expect(found).toEqual(["u", "u", undefined, "u"]);
});
