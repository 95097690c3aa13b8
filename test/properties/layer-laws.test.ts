import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Verdict } from "../../src/policy/decide.js";
import { can } from "../../src/questions/can/can.js";
import { questionFor, valueIn } from "../worlds/ask.js";
import { buildWorld, nameOf, type World } from "../worlds/build-world.js";
import type { CaseQuestion } from "../worlds/read-case.js";
import { runs } from "../worlds/runs.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, layeredContext, layeredWorld, randomStatements } from "./layered-world.js";

type Asked = Omit<CaseQuestion, "action" | "whoCan">;
type Verdicts = Readonly<Record<string, Verdict>>;

const asked: fc.Arbitrary<Asked> = fc
  .tuple(
    fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...LAYERED_ARNS) },
      { weight: 1, arbitrary: fc.constant("unscoped") },
    ),
    layeredContext,
  )
  .map(([resource, context]) => ({ resource, ...context }));

const RANK: Readonly<Record<Verdict, number>> = {
  EXPLICIT_DENY: 0,
  IMPLICIT_DENY: 0,
  UNDETERMINED: 1,
  CONDITIONAL: 1,
  ALLOWED: 2,
};

/** The verdict of everybody for every action; only roles where there is a session policy. */
function verdicts(world: World, question: Asked): Verdicts {
  const snapshot = buildWorld(world, LAYERED_ACTIONS);
  const entries = snapshot.principals
    .filter(({ kind }) => question.session === undefined || kind === "ROLE")
    .flatMap((principal) =>
      LAYERED_ACTIONS.map((action): [string, Verdict] => {
        const taken = valueIn(questionFor(snapshot, { ...question, action, whoCan: {} }, principal));
        return [`${nameOf(principal)} ${action}`, valueIn(can(snapshot, principal, taken, "")).verdict];
      }),
    );
  return Object.fromEntries(entries);
}

/** Names what is broken: `alice ecs:Stop: ALLOWED became IMPLICIT_DENY`. */
function expectHolds(
  before: Verdicts,
  after: Verdicts,
  holds: (before: Verdict, after: Verdict, name: string) => boolean,
): void {
  const broken = Object.entries(after).filter(([name, verdict]) => !holds(before[name] ?? "ALLOWED", verdict, name));
  expect(broken.map(([name, verdict]) => `${name}: ${before[name]} became ${verdict}`)).toEqual([]);
}

const neverMore = (before: Verdict, after: Verdict) => RANK[after] <= RANK[before];
const neverLess = (before: Verdict, after: Verdict) => RANK[after] >= RANK[before];
const same = (before: Verdict, after: Verdict) => before === after;

function law(
  name: string,
  change: (world: World, extra: readonly unknown[]) => World,
  holds: (before: Verdict, after: Verdict, name: string) => boolean,
  sample = 150,
): void {
  test(name, () => {
    fc.assert(
      fc.property(layeredWorld, asked, randomStatements, (world, question, extra) => {
        expectHolds(verdicts(world, question), verdicts(change(world, extra), question), holds);
      }),
      runs(sample),
    );
  });
}

law("a-control-level-never-adds-access", withLevel, neverMore);
law(
  "a-control-policy's-deny-never-adds-access",
  (world) =>
    world.directory === undefined
      ? world
      : {
          ...world,
          policies: { ...world.policies, No: [{ Effect: "Deny", Action: "ecs:*", Resource: "*" }] },
          directory: {
            ...world.directory,
            control: { ...world.directory.control, root: ["No", ...(world.directory.control.root ?? [])] },
          },
        },
  neverMore,
);
law(
  "the-order-of-control-policies-does-not-matter",
  (world) =>
    world.directory === undefined
      ? world
      : {
          ...world,
          directory: {
            ...world.directory,
            control: Object.fromEntries(
              Object.entries(world.directory.control).map(([target, held]) => [target, held.toReversed()]),
            ),
          },
        },
  same,
);
law(
  "switching-control-policies-off-never-removes-access",
  (world) => (world.directory === undefined ? world : { ...world, directory: { ...world.directory, isOff: true } }),
  neverLess,
);
law(
  "a-trust-without-the-caller-forbids",
  (world) => ({
    ...world,
    trusts: Object.fromEntries(Object.keys(world.trusts ?? {}).map((role) => [role, SERVICE_ONLY])),
  }),
  (before, after, name) =>
    name.endsWith("sts:AssumeRole") ? after !== "ALLOWED" && after !== "CONDITIONAL" : before === after,
);
law(
  "a-bucket's-allow-adds-access-to-oss-only",
  (world, extra) => ({
    ...world,
    buckets: addTo(world, [
      { Effect: "Allow", Principal: ["*"], Action: "*", Resource: "*" },
      ...named(extra, "Allow"),
    ]),
  }),
  (before, after, name) => (name.endsWith("oss:Get") ? RANK[after] >= RANK[before] : before === after),
);
law(
  "a-bucket's-deny-never-adds-access",
  (world, extra) => ({ ...world, buckets: addTo(world, named(extra, "Deny")) }),
  (before, after, name) => (name.endsWith("oss:Get") ? RANK[after] <= RANK[before] : before === after),
);
law(
  "removing-another-account's-import-makes-no-yes",
  ({ buckets = {}, trusts = {}, ...world }) => ({
    ...world,
    users: without(world.users),
    roles: without(world.roles),
    trusts: without(trusts),
    buckets: without(buckets),
  }),
  (before, after) => after !== "ALLOWED" || before === "ALLOWED",
);

test("a-session-policy-never-adds-access", () => {
  fc.assert(
    fc.property(layeredWorld, asked, randomStatements, (world, question, session) => {
      expectHolds(verdicts(world, question), verdicts(world, { ...question, session }), neverMore);
    }),
    runs(150),
  );
});

test("a-session-policy-that-allows-everything-changes-nothing", () => {
  fc.assert(
    fc.property(layeredWorld, asked, (world, question) => {
      const session = [{ Effect: "Allow", Action: "*", Resource: "*" }];
      expectHolds(verdicts(world, question), verdicts(world, { ...question, session }), same);
    }),
    runs(150),
  );
});

test("leaving-out-a-layer-that-only-binds-never-removes-access", () => {
  const layer = fc.constantFrom(
    "CONTROL_POLICY" as const,
    "SESSION_POLICY" as const,
    "CROSS_ACCOUNT" as const,
    "ASSUME_ROLE_POLICY" as const,
  );
  fc.assert(
    fc.property(layeredWorld, asked, randomStatements, layer, (world, question, session, left) => {
      const narrowed = { ...question, session };
      expectHolds(verdicts(world, narrowed), verdicts(world, { ...narrowed, ignoreLayers: [left] }), neverLess);
    }),
    runs(150),
  );
});

test("scoping-an-attachment-to-a-group-never-adds-access", () => {
  fc.assert(
    fc.property(layeredWorld, asked, fc.constantFrom("rg-1", "rg-2"), (world, question, resourceGroup) => {
      const give = (held: World["users"], scope?: string) =>
        Object.fromEntries(
          Object.entries(held ?? {}).map(([name, policies]) => [
            name,
            [...policies, scope === undefined ? "All" : { policy: "All", resourceGroup: scope }],
          ]),
        );
      const policies = { ...world.policies, All: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
      const wide = { ...world, policies, users: give(world.users), roles: give(world.roles) };
      const scoped = {
        ...world,
        policies,
        users: give(world.users, resourceGroup),
        roles: give(world.roles, resourceGroup),
      };
      const widely = verdicts(wide, question);
      const narrowly = verdicts(scoped, question);
      expectHolds(widely, narrowly, neverMore);
      expectHolds(verdicts(world, question), narrowly, neverLess);
    }),
    runs(150),
  );
});

test("an-unknown-membership-is-neither-a-yes-nor-a-no-that-a-known-one-refutes", () => {
  fc.assert(
    fc.property(layeredWorld, layeredContext, (world, context) => {
      const question = { resource: "acs:ecs:r1:111:instance/i-7", ...context };
      const unknown = verdicts(world, question);
      for (const group of ["rg-1", "rg-2", "rg-3"]) {
        const members = [...(world.resourceGroups?.[group] ?? []), "ecs:instance/i-7"];
        const known = verdicts({ ...world, resourceGroups: { ...world.resourceGroups, [group]: members } }, question);
        expectHolds(unknown, known, (open, settled) => (RANK[open] === 1 ? true : RANK[settled] === RANK[open]));
      }
    }),
    runs(150),
  );
});

const SERVICE_ONLY = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs.aliyuncs.com" } }];

/** One more folder between a member and where it lies, with policies of its own. */
function withLevel(world: World, extra: readonly unknown[]): World {
  const { directory } = world;
  if (directory === undefined) return world;
  return {
    ...world,
    policies: { ...world.policies, Extra: extra },
    directory: {
      ...directory,
      folders: { ...directory.folders, "f-9": directory.members["111"] ?? "root" },
      members: { ...directory.members, 111: "f-9" },
      control: { ...directory.control, "f-9": ["Extra"] },
    },
  };
}

function addTo({ buckets = {} }: World, statements: readonly unknown[]): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    Object.entries(buckets).map(([name, held]) => [name, [...(typeof held === "string" ? [] : held), ...statements]]),
  );
}

function named(statements: readonly unknown[], effect: "Allow" | "Deny"): readonly unknown[] {
  return statements.map((each) => ({ ...(each as object), Effect: effect, Principal: ["2001", "3001"] }));
}

function without<T>(record: Readonly<Record<string, T>> = {}): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !name.startsWith("222/")));
}
