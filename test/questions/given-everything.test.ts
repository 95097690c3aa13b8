import { describe, expect, test } from "@jest/globals";
import { noBits } from "../../src/grants/bits.js";
import { finish } from "../../src/grants/steps.js";
import { OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import { administratorVerdict } from "../../src/questions/escalation/administrator.js";
import { footholdOf, withEverything } from "../../src/questions/escalation/foothold.js";
import { GivenEverything } from "../../src/questions/escalation/given-everything.js";
import { buildWorld } from "../worlds/build-world.js";
import { deny } from "../worlds/escalation-worlds.js";

describe("who would be an administrator if given everything", () => {
  test("is told of each, also where a scope reads as part of a number", () => {
    const numbers = Array.from({ length: 21 }, (_, at) => String(at).padStart(2, "0"));
    const snapshot = buildWorld(
      {
        policies: Object.fromEntries(numbers.map((at) => [`D${at}`, [deny(`ecs:Delete${at}`)]])),
        users: {
          ...Object.fromEntries(numbers.map((at) => [`u${at}`, [`D${at}`]])),
          v: [{ policy: "D01", resourceGroup: "0" }],
          w: [{ policy: "D02", resourceGroup: "0" }],
        },
      },
      [],
    );
    const given = new GivenEverything(snapshot, OPEN_CONTEXT, noBits(snapshot.principals.length));
    const found = snapshot.principals.map((_, place) => finish(given.verdictAt(place)));
    const plain = snapshot.principals.map((principal) =>
      finish(administratorVerdict(snapshot, withEverything(footholdOf(snapshot, principal)), OPEN_CONTEXT)),
    );
    expect(found).toEqual(plain);
  });
});
