import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { membersOf } from "../../src/grants/bits.js";
import type { CompiledPrincipal } from "../../src/grants/compiled-principal.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import type { Role } from "../../src/inventory/principal.js";
import { decideAccess } from "../../src/questions/access/decision.js";
import { isPlainNo } from "../../src/questions/assume/assume-edges.js";
import { assumersOf } from "../../src/questions/assume/assumers.js";
import { reachFrom } from "../../src/questions/assume/reach.js";
import { type Offer, offersOf, questionAbout } from "../../src/questions/deletion/offer.js";
import { strandedBy, withoutRole } from "../../src/questions/deletion/stranded.js";
import { anyWorld } from "../grants/random-change.js";
import { buildWorld, type World } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { LAYERED_ACTIONS, layeredWorld } from "./layered-world.js";

/** By everybody's decision on everything that the role and those beyond it may do. */
function strandedPlainly(snapshot: Snapshot, role: Role, principal: CompiledPrincipal): readonly string[] {
  const after = withoutRole(snapshot, role);
  const offers = withReached(snapshot, principal).flatMap((each) => finish(offersOf(snapshot, each)));
  const stranded: string[] = [];
  for (const { decision } of finish(assumersOf(snapshot, role, true))) {
    const assumer = after.principalByKey.get(decision.asker?.principal?.key ?? "");
    if (assumer === undefined) continue;
    const others = withReached(after, assumer);
    const mayBoth = (offer: Offer) => others.some((other) => may(after, other, offer));
    if (!offers.every(mayBoth)) stranded.push(assumer.arn);
  }
  return stranded;
}

function may(snapshot: Snapshot, principal: CompiledPrincipal, offer: Offer): boolean {
  return !isPlainNo(decideAccess(snapshot, principal, questionAbout(offer)));
}

/** Somebody, and the roles that they get to. */
function withReached(snapshot: Snapshot, principal: CompiledPrincipal): readonly CompiledPrincipal[] {
  const places = membersOf([finish(reachFrom(snapshot, principal)).members]);
  return [principal, ...places.flatMap((place) => snapshot.principals[place] ?? [])];
}

const allow = (Action: string, Resource: string | readonly string[] = "*") => ({ Effect: "Allow", Action, Resource });
const POLICIES = {
  Any: [allow("sts:AssumeRole")],
  Own: [allow("sts:*", "acs:ram:*:111:role/*")],
  Two: [allow("sts:AssumeRole", ["acs:ram:*:*:role/first", "acs:ram:*:*:role/far"])],
  Once: [{ ...allow("sts:AssumeRole"), Condition: { StringEquals: { "c:s": "a" } } }],
  Stay: [{ ...allow("sts:AssumeRole", "acs:ram:*:*:role/next"), Effect: "Deny" }],
  Stop: [allow("ecs:Stop", "acs:ecs:*:*:instance/i-1")],
  Stops: [allow("ecs:Stop", "acs:ecs:*:*:instance/*")],
  All: [allow("ecs:*"), allow("oss:Get", "acs:oss:*:*:b/*")],
  Never: [{ ...allow("ecs:*"), Effect: "Deny" }],
};
const trust = fc
  .constantFrom<unknown>(
    { RAM: "acs:ram::111:root" },
    { RAM: ["acs:ram::111:root", "acs:ram::222:root"] },
    { RAM: ["acs:ram::111:user/alice", "acs:ram::111:role/first"] },
    { RAM: ["acs:ram::222:user/eve", "acs:ram::111:role/next"] },
    { Service: "ecs.aliyuncs.com" },
  )
  .map((Principal) => [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }]);
const carried = fc.subarray(Object.keys(POLICIES), { maxLength: 3 });
const bucket = fc.constantFrom(["*"], ["2001"], ["9999"]).map((Principal) => [{ ...allow("oss:Get"), Principal }]);

/** Worlds in which many get from role to role. */
const connectedWorld: fc.Arbitrary<World> = fc.record({
  policies: fc.constant(POLICIES),
  users: fc.record({ alice: carried, bob: carried, carol: carried, "222/eve": carried }),
  roles: fc.record({ first: carried, next: carried, last: carried, "222/far": carried }),
  trusts: fc.record({ first: trust, next: trust, last: trust, "222/far": trust }),
  ids: fc.constant({ alice: "1001", first: "2001" }),
  buckets: fc.oneof(fc.constant({}), fc.record({ b: bucket })),
});

test.each<[string, fc.Arbitrary<World>]>([
  ["of all layers", layeredWorld],
  ["of any facts", anyWorld],
  ["where many get from role to role", connectedWorld],
])("who is stranded by the end of a role comes out as if each were asked, in worlds %s", (_, world) => {
  fc.assert(
    fc.property(world, (drawn) => {
      const snapshot = buildWorld(drawn, [...LAYERED_ACTIONS, "ecs:Start"]);
      for (const principal of snapshot.principals) {
        const role = snapshot.roles.get(principal.key);
        if (role === undefined) continue;
        const rows = finish(strandedBy(snapshot, role)).map(({ decision: { asker } }) => asker?.principal?.arn);
        expect(rows).toEqual(strandedPlainly(snapshot, role, principal));
      }
    }),
    runs(80),
  );
});
