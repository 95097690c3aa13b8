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
import { connectedWorld } from "./connected-world.js";
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
