import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { can } from "../../src/questions/can/can.js";
import {
  LAYERED_ACTIONS,
  LAYERED_ARNS,
  LAYERED_KEYS,
  layeredWorld,
  randomStatements,
} from "../properties/layered-world.js";
import { questionFor, valueIn } from "../worlds/ask.js";
import { buildWorld, nameOf } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { layerVerdict } from "./layer-oracle.js";

const held = fc.oneof(fc.constant(null), fc.subarray([...(LAYERED_KEYS["c:s"] ?? [])], { maxLength: 2 }));
const context = fc.record({ "c:s": held, "c:t": held });
const session = fc.option(randomStatements, { nil: undefined });

/** Seven principals, four actions, four resources: about 100 decisions a world. */
const asked = fc.tuple(fc.subarray(LAYERED_ARNS, { minLength: 4, maxLength: 4 }), context, session);

test("both evaluators agree on every layer in random worlds", () => {
  fc.assert(
    fc.property(layeredWorld, asked, (world, [arns, given, narrowed]) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      const differences = snapshot.principals.flatMap((principal) => {
        const own = narrowed === undefined || principal.kind === "USER" ? {} : { session: narrowed };
        return LAYERED_ACTIONS.flatMap((action) =>
          arns.flatMap((arn) => {
            const question = { action, resource: arn, context: given, closed: true, whoCan: {}, ...own };
            const actual = valueIn(
              can(snapshot, principal, valueIn(questionFor(snapshot, question, principal)), ""),
            ).verdict;
            const expected = layerVerdict(world, { principal: nameOf(principal), action, arn, context: given, ...own });
            if (actual === expected) return [];
            return [
              `${nameOf(principal)} ${action} ${arn} ${JSON.stringify(own)}: ${actual}, the oracle says ${expected}`,
            ];
          }),
        );
      });
      expect(differences).toEqual([]);
    }),
    runs(150),
  );
});
