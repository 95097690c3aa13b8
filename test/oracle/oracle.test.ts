import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { differences } from "./compare.js";
import { ACTIONS, randomContext, randomResource, randomWorld } from "./random-world.js";

/** Each question is asked about five principals and four actions: 100 decisions a world. */
const asked = fc.array(
  fc.tuple(randomResource, randomContext).map(([resource, context]) => ({ resource, ...context })),
  { minLength: 5, maxLength: 5 },
);

test("both evaluators agree on random worlds", () => {
  fc.assert(
    fc.property(randomWorld, asked, (world, questions) => {
      const snapshot = buildWorld(world, ACTIONS);
      expect(questions.flatMap((question) => differences(world, snapshot, question))).toEqual([]);
    }),
    runs(200),
  );
});
