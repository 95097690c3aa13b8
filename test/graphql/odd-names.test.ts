import { expect, test } from "@jest/globals";
import { buildWorld } from "../worlds/build-world.js";
import { allow, trust } from "../worlds/escalation-worlds.js";
import { askOver } from "./ask.js";

/** What the cloud lets nobody choose, but an export may say. */
const ODD = ["\u001b[2Jx", "a\nb", "a:b", "*", "\u0085", "=1+1", "\u202ex", " "];

const world = {
  policies: Object.fromEntries(ODD.map((name) => [name, [allow("*")]])),
  users: Object.fromEntries(["plain", ...ODD].map((name) => [name, ODD])),
  roles: Object.fromEntries(ODD.map((name) => [name, ODD])),
  groups: Object.fromEntries(ODD.map((name) => [name, { members: ["plain"], policies: ODD }])),
  trusts: Object.fromEntries(ODD.map((name) => [name, trust({ RAM: ["acs:ram::111:root"] })])),
};

const ROW = "totalCount nodes{... on User{name arn} ... on Role{name arn}} edges{decision{sentence}}";

test.each([
  "{users{nodes{name arn attachments{nodes{policy{name arn}}} groups{nodes{name arn}}}}}",
  "{roles{nodes{name arn assumableBy(reach:ASSUMED){nodes{... on User{name arn}}} deletionImpact{verdict}}}}",
  "{groups{nodes{name arn users{nodes{name arn}}}}}",
  "{policies{nodes{name arn}}}",
  `{whoCan(actions:{name:"ecs:Stop"},resource:{unscoped:true},reach:ASSUMED){${ROW}}}`,
  '{escalations(to:"acs:ram::111:user/plain"){nodes{principal{name arn}}}}',
])("names that no cloud would allow keep nothing from being answered: %s", async (query) => {
  const ask = await askOver(buildWorld(world, ["ecs:Stop"]));
  const { errors } = await ask(query);
  expect(errors).toEqual([]);
});
