import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import { reachBuffer } from "../../src/grants/reach.js";
import { reachesOf } from "../../src/grants/reaches-of.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { updateSnapshot } from "../../src/grants/update-snapshot.js";
import { runs } from "../worlds/runs.js";
import { randomHistory } from "./random-change.js";

describe("what reaches whom, as numbers", () => {
  test("is what attachments and memberships say, also after any history", () => {
    fc.assert(
      fc.property(randomHistory, ({ inventories, changes }) => {
        let snapshot = compileSnapshot(inventories[0]);
        expect(byNumbers(snapshot)).toEqual(byKeys(snapshot));
        for (const change of changes) {
          snapshot = updateSnapshot(snapshot, change);
          expect(byNumbers(snapshot)).toEqual(byKeys(snapshot));
        }
      }),
      runs(50),
    );
  });
});

type Reached = Readonly<Record<string, readonly string[]>>;

/** By policy and scope the ARNs that it reaches, and by ARN the policies and scopes that reach it. */
interface Lists {
  readonly reached: Reached;
  readonly reaching: Reached;
}

function byNumbers({ reach, principals }: Snapshot): Lists {
  const reached: Record<string, readonly string[]> = {};
  const arnAt = (place: number) => principals[place]?.arn ?? "nobody";
  for (let policy = 0; policy < reach.policyCount; policy++) {
    const key = reach.policyKey(policy);
    expect(reach.policyNumber(key)).toBe(policy);
    const { wide, scoped } = reach.places(policy);
    const { places, scopes } = scoped;
    const pairs = [...places].map((place, at) => ({ place, scope: scopes[at] ?? -1 }));
    expect(pairs).toEqual(pairs.toSorted((a, b) => a.place - b.place));
    const all = [...Array.from(wide, (place) => ({ place, scope: 0 })), ...pairs];
    for (const { place, scope } of all) {
      const name = `${key} ${reach.scopeName(scope)}`;
      reached[name] = [...(reached[name] ?? []), arnAt(place)];
    }
    const union = new Set(all.map(({ place }) => place));
    expect([...reach.reached(policy)]).toEqual([...union].sort((a, b) => a - b));
  }
  const buffer = reachBuffer();
  const reaching = principals.map(({ arn }, place) => {
    const pairs = Array.from({ length: reach.fillReaches(place, buffer) }, (_, index) => {
      return `${reach.policyKey(buffer.policies[index] ?? -1)} ${reach.scopeName(buffer.scopes[index] ?? -1)}`;
    });
    return [arn, pairs] as const;
  });
  return { reached, reaching: Object.fromEntries(reaching) };
}

function byKeys(snapshot: Snapshot): Lists {
  const reached: Record<string, string[]> = {};
  const reaching: Record<string, readonly string[]> = {};
  for (const { key, arn } of snapshot.principals) {
    const pairs = reachesOf(snapshot, key).map(({ policy, resourceGroupId = "" }) => `${policy} ${resourceGroupId}`);
    reaching[arn] = pairs;
    for (const pair of new Set(pairs)) {
      const arns = reached[pair] ?? [];
      reached[pair] = arns;
      arns.push(arn);
    }
  }
  return { reached, reaching };
}
