import { expect, test } from "@jest/globals";
import { noBits } from "../../src/grants/bits.js";
import { ALLOWS_IF, noEffects } from "../../src/policy/prepared/effects.js";
import { addEffects, Tally } from "../../src/questions/who-can/add-effects.js";
import { contributionsByPlace } from "../../src/questions/who-can/contributions-by-place.js";

const effects = { ...noEffects(), bits: ALLOWS_IF };

/** Statements that reach everybody under an open condition. */
function tallyOf(statements: number, people: number): Tally {
  const tally = new Tally(noBits(people));
  const places = Uint32Array.from({ length: people }, (_, place) => place);
  for (let at = 0; at < statements; at++) addEffects(tally, effects, places, 0, people);
  return tally;
}

test.each([
  ["while it may grow", 3, 1_000, false, false],
  ["once it is kept", 3, 1_000, true, true],
  ["where that would take megabytes for each that is kept", 3, 50_000, true, false],
])("what is said to each place is arranged %s", (_, statements, people, isKept, isArranged) => {
  const tally = tallyOf(statements, people);
  tally.isKept = isKept;
  const byPlace = contributionsByPlace(tally);
  let found = 0;
  byPlace?.visit(7, () => {
    found += 1;
  });
  expect([byPlace !== undefined, found]).toEqual([isArranged, isArranged ? statements : 0]);
});
