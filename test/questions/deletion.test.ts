import { describe, expect, test } from "@jest/globals";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import type { ServiceLink } from "../../src/inventory/catalog.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import { deletionVerdict } from "../../src/questions/deletion/deletion-verdict.js";
import { lostAccess } from "../../src/questions/deletion/lost-access.js";
import { deletionQuestion, roleDeletion } from "../../src/questions/deletion/role-deletion.js";
import { strandedBy } from "../../src/questions/deletion/stranded.js";
import { whoCan } from "../../src/questions/who-can/who-can.js";
import { BROWSING_INVENTORY } from "../graphql/browsing-world.js";
import { valueIn } from "../worlds/ask.js";
import { buildWorld, nameOf, type World } from "../worlds/build-world.js";

const allow = (Action: string | readonly string[], Resource: string | readonly string[] = "*") => ({
  Effect: "Allow",
  Action,
  Resource,
});
const trust = (principal: object) => [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }];
const OWN = { RAM: ["acs:ram::111:root"] };

const WORLD: World = {
  policies: {
    Hop: [allow("sts:AssumeRole")],
    HopFirst: [allow("sts:AssumeRole", "acs:ram:*:111:role/first")],
    Stop: [allow("ecs:Stop", "acs:ecs:*:*:instance/i-1")],
    StopAll: [allow("ecs:Stop")],
    Delete: [allow("ram:DeleteRole", "acs:ram:*:*:role/ops")],
    DeleteLinked: [
      {
        ...allow("ram:DeleteServiceLinkedRole"),
        Condition: { StringEquals: { "ram:ServiceName": "x.aliyuncs.com" } },
      },
    ],
    DeleteOther: [
      {
        ...allow("ram:DeleteServiceLinkedRole"),
        Condition: { StringEquals: { "ram:ServiceName": "y.aliyuncs.com" } },
      },
    ],
  },
  users: {
    alice: ["Hop"],
    bob: ["Hop", "Stop"],
    carol: ["Hop", "StopAll"],
    dave: ["HopFirst"],
    erin: ["Delete", "DeleteLinked"],
    frank: ["DeleteOther"],
    grace: ["Hop"],
  },
  roles: { ops: ["Stop"], first: ["Hop"], idle: ["Stop"], hosted: [], blank: [], linked: ["Stop"] },
  trusts: {
    ops: trust({ RAM: ["acs:ram::111:user/alice", "acs:ram::111:user/bob", "acs:ram::111:role/first"] }),
    first: trust(OWN),
    idle: trust({ RAM: ["acs:ram::111:user/frank"] }),
    hosted: trust({ Service: ["ecs.aliyuncs.com", "fc.aliyuncs.com"] }),
    blank: trust(OWN),
  },
  serviceNames: { linked: "x.aliyuncs.com" },
};
const dark = buildWorld({ ...WORLD, roles: { dark: ["Stop"] }, trusts: { dark: null } }, ["ecs:Stop"]);
const world = buildWorld(WORLD, ["ecs:Stop", "ecs:Start", "sts:AssumeRole"]);

function roleOf({ roles }: Snapshot, name: string) {
  const role = roles.get(name.includes(":") ? name : `role:111:${name}`);
  if (role === undefined) throw new Error(`no role \`${name}\``);
  return role;
}

function stranded(name: string): readonly string[] {
  return finish(strandedBy(world, roleOf(world, name))).flatMap(({ decision: { asker } }) =>
    asker?.principal === undefined ? [] : [nameOf(asker.principal)],
  );
}

function deleters(name: string): readonly string[] {
  const question = deletionQuestion(world, roleOf(world, name));
  const { rows } = valueIn(finish(whoCan(world, question, { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT" })));
  return [...rows].map(({ decision: { asker, verdict } }) => `${asker?.principal?.name} ${verdict}`);
}

function verdictOf(snapshot: Snapshot, name: string): string {
  const role = roleOf(snapshot, name);
  return finish(deletionVerdict(snapshot, role, roleDeletion(snapshot, role)));
}

describe("the end of a role", () => {
  test("strands those who reach something only through it, at any distance", () => {
    expect(stranded("ops")).toEqual(["first", "alice", "dave", "grace"]);
    expect(stranded("first")).toEqual(["dave", "grace"]);
    expect(stranded("blank")).toEqual([]);
  });

  test("strands of very many those alone who cannot do it otherwise", () => {
    const people = Array.from({ length: 150 }, (_, at) => `user-${at}`);
    const extras = [[], ["StopAll"], ["StopAll", "NoStop"]];
    const many = buildWorld(
      {
        policies: { ...WORLD.policies, NoStop: [{ ...allow("ecs:Stop"), Effect: "Deny" }] },
        users: Object.fromEntries(people.map((name, at) => [name, ["Hop", ...(extras[at % extras.length] ?? [])]])),
        roles: { ops: ["Stop"] },
        trusts: { ops: trust(OWN) },
      },
      ["ecs:Stop"],
    );
    const rows = finish(strandedBy(many, roleOf(many, "ops")));
    const named = new Set(rows.map(({ decision: { asker } }) => asker?.principal?.name));
    expect(people.filter((name) => !named.has(name))).toEqual(people.filter((_, at) => at % 3 === 1));
  });

  test.each([
    ["a role that somebody may assume and that may do something", "ops", "BREAKS_FEATURES"],
    ["a role that a service acts with", "hosted", "BREAKS_FEATURES"],
    ["a role that nobody may assume", "idle", "SAFE"],
    ["a role that may do nothing", "blank", "SAFE"],
    ["a service-linked role of which no page says what it is for", "linked", "BREAKS_FEATURES"],
  ])("%s", (_law, name, verdict) => {
    expect(verdictOf(world, name)).toBe(verdict);
  });

  test("takes the role's own access, and that of assuming it", () => {
    const { rows } = finish(lostAccess(world, roleOf(world, "ops")));
    expect(
      rows.map(({ kind, pair, action, pattern }) => [kind, nameOf(pair.base.principal), action.name, pattern.text]),
    ).toEqual([
      ["LOST", "first", "sts:AssumeRole", "acs:ram:*:111:role/ops"],
      ["LOST", "ops", "ecs:Stop", "acs:ecs:*:*:instance/i-1"],
      ["LOST", "alice", "sts:AssumeRole", "acs:ram:*:111:role/ops"],
      ["LOST", "bob", "sts:AssumeRole", "acs:ram:*:111:role/ops"],
    ]);
    const blank = finish(lostAccess(world, roleOf(world, "blank"))).rows;
    expect(new Set(blank.map(({ action }) => action.name))).toEqual(new Set(["sts:AssumeRole"]));
  });

  test("is open where nobody knows whom it trusts", () => {
    expect(verdictOf(dark, "dark")).toBe("UNDETERMINED");
  });

  test("is in the hands of those who may delete that kind of role of that service", () => {
    expect(deleters("ops")).toEqual(["erin ALLOWED"]);
    expect(deleters("linked")).toEqual(["erin ALLOWED"]);
  });

  test("of an ordinary role is felt by the services that it trusts", () => {
    expect(roleDeletion(world, roleOf(world, "hosted"))).toEqual({
      lostFeatures: [
        "ecs.aliyuncs.com can no longer act with the role",
        "fc.aliyuncs.com can no longer act with the role",
      ],
      mustRemoveFirst: [],
      canBeRecreated: false,
      isPurposeUnknown: false,
    });
  });
});

describe("the end of a service-linked role", () => {
  const link = BROWSING_INVENTORY.serviceLinks[0];
  const linkedWorld = (change: Partial<ServiceLink>): Snapshot =>
    compileSnapshot({ ...BROWSING_INVENTORY, serviceLinks: link === undefined ? [] : [{ ...link, ...change }] });
  const NAME = "role:catalog:acmeroleforqueue";

  test.each<[string, Partial<ServiceLink>, readonly string[], string]>([
    ["what stops working, and what to delete first", {}, ["messages stop"], "BLOCKED_UNTIL_RESOURCES_REMOVED"],
    ["nothing to delete first", { prerequisitesForDeletion: [] }, ["messages stop"], "BREAKS_FEATURES"],
    [
      "else what it is for",
      { prerequisitesForDeletion: [], consequences: [] },
      ["no longer possible: moves messages", "no longer possible: keeps messages"],
      "BREAKS_FEATURES",
    ],
  ])("is what its page says: %s", (_law, change, lostFeatures, verdict) => {
    const snapshot = linkedWorld(change);
    const deletion = roleDeletion(snapshot, roleOf(snapshot, NAME));
    expect(deletion).toMatchObject({ lostFeatures, canBeRecreated: true });
    expect(deletion.mustRemoveFirst).toEqual(change.prerequisitesForDeletion ?? ["all queues"]);
    expect(finish(deletionVerdict(snapshot, roleOf(snapshot, NAME), deletion))).toBe(verdict);
  });
});
