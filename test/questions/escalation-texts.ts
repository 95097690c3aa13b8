import { finish } from "../../src/grants/steps.js";
import { OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import type { EscalationPath } from "../../src/questions/escalation/escalation-path.js";
import { escalationPaths } from "../../src/questions/escalation/escalations.js";
import { buildWorld, principalOf, type World } from "../worlds/build-world.js";

/** `VERDICT means, means` */
export function textOf({ steps, ruling }: EscalationPath): string {
  return [ruling.verdict, steps.map(({ means }) => means).join(", ")].join(" ").trim();
}

/** The same of each way by which somebody becomes an administrator. */
export function pathsOf(world: World, name = "alice"): readonly string[] {
  const snapshot = buildWorld(world, []);
  const search = escalationPaths(snapshot, OPEN_CONTEXT, undefined, principalOf(snapshot, name));
  return finish(search).paths.map(textOf);
}
