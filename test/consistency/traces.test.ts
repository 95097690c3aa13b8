import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { scopedGrants } from "../../src/grants/compiled-policy.js";
import type { CompiledPrincipal } from "../../src/grants/compiled-principal.js";
import { grantsOf } from "../../src/grants/grants-of.js";
import { reachesOf } from "../../src/grants/reaches-of.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { explainStatement } from "../../src/policy/explain-statement.js";
import type { Grant, PolicyLayer } from "../../src/policy/grant.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { decideAccess, decideFor } from "../../src/questions/access/decision.js";
import { traceOf } from "../../src/questions/access/explain-access.js";
import { sentenceOf } from "../../src/questions/access/sentence.js";
import { settlingPoints } from "../../src/questions/access/settling-points.js";
import { ACTIONS, randomContext, randomResource, randomWorld } from "../oracle/random-world.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, layeredContext, layeredWorld } from "../properties/layered-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";

/** The statements that reach a principal, read off its attachments one by one. */
function attachedTo(snapshot: Snapshot, { key }: CompiledPrincipal): readonly Grant[] {
  const seen = new Set<string>();
  return reachesOf(snapshot, key).flatMap(({ policy, resourceGroupId }) => {
    const compiled = snapshot.policies.get(policy);
    const id = JSON.stringify([policy, resourceGroupId]);
    if (compiled === undefined || seen.has(id)) return [];
    seen.add(id);
    return resourceGroupId === undefined ? compiled.grants : scopedGrants(compiled.grants, resourceGroupId);
  });
}

function withoutGist({ statement, layer, policy, resourceGroupId }: Grant): Grant {
  return { statement, layer, policy, ...(resourceGroupId === undefined ? {} : { resourceGroupId }) };
}

/** What is shown without the judge is what the judge weighed, explained statement by statement. Returns how many statements. */
function sameAsJudged(snapshot: Snapshot, question: AccessQuestion): number {
  let count = 0;
  for (const principal of snapshot.principals) {
    const own = attachedTo(snapshot, principal);
    expect(grantsOf(snapshot, principal)).toEqual(own);
    const decision = decideAccess(snapshot, principal, question);
    const shown = traceOf(decision).map(({ grant, outcome }) => ({ grant, outcome }));
    const explained = traceOf(decision).map(({ grant, checks, request }) => ({ grant, request, checks }));
    const { asker, judged, verdict } = decision;
    const plain = settlingPoints(judged).flatMap(({ request, layers }) => {
      const bounds = layers.bounds.flatMap(({ grants }) => grants);
      const grants = [...bounds, ...own, ...(layers.resource?.grants ?? [])];
      return grants.map((grant) => ({ grant, request, ...explainStatement(withoutGist(grant), request) }));
    });
    expect(shown).toEqual(plain.map(({ grant, outcome }) => ({ grant, outcome })));
    expect(explained).toEqual(plain.map(({ grant, request, checks }) => ({ grant, request, checks })));
    if (asker !== undefined) {
      const thorough = decideFor(snapshot, asker, question);
      const expected = [thorough.verdict, thorough.ruling.blockedBy, sentenceOf(thorough)];
      const fresh = decideAccess(snapshot, principal, question);
      expect([verdict, decision.blockedBy, sentenceOf(decision)]).toEqual(expected);
      expect([fresh.verdict, fresh.blockedBy, sentenceOf(fresh)]).toEqual(expected);
    }
    count += plain.length;
  }
  return count;
}

test("shown-is-judged: a trace is every statement that the judge weighed, and the sentence is made of it", () => {
  let count = 0;
  fc.assert(
    fc.property(randomWorld, randomResource, randomContext, (world, resource, context) => {
      const snapshot = buildWorld(world, ACTIONS);
      for (const action of ACTIONS) {
        count += sameAsJudged(snapshot, valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} })));
      }
    }),
    runs(40),
  );
  expect(count).toBeGreaterThan(200);
});

/** Layers that a question leaves out; mostly none. */
const leftOut = fc.constantFrom<{ readonly ignoreLayers?: readonly PolicyLayer[] }>(
  {},
  {},
  { ignoreLayers: ["CONTROL_POLICY", "RESOURCE_GROUP_LEVEL_IDENTITY_POLICY"] },
  { ignoreLayers: ["ACCOUNT_LEVEL_IDENTITY_POLICY", "RESOURCE_POLICY"] },
);

test("shown-is-judged where control policies, resource groups and several accounts count", () => {
  let count = 0;
  fc.assert(
    fc.property(
      layeredWorld,
      layeredContext,
      fc.constantFrom(...LAYERED_ARNS),
      leftOut,
      (world, context, resource, out) => {
        const snapshot = buildWorld(world, LAYERED_ACTIONS);
        for (const action of LAYERED_ACTIONS) {
          const asked = { action, resource, ...context, ...out, whoCan: {} };
          count += sameAsJudged(snapshot, valueIn(questionOf(snapshot, asked)));
        }
      },
    ),
    runs(20),
  );
  expect(count).toBeGreaterThan(200);
});
