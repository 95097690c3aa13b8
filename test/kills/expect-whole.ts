import { expect } from "@jest/globals";
import { type Killed, type KillWorld, otherOf, type State, VICTIMS } from "./world.js";

/** What must hold wherever an import was struck: all of it or nothing, and the next run completes. */
export function expectWhole({ finished, state, revisions, again, stateAgain }: Killed, target: State): void {
  expect([otherOf(target), target]).toContain(state);
  expect(revisions).toBe(state === target ? 1 : 0);
  // What was reported as done is done, and what went wrong is told in a sentence.
  if (finished.code === 0) expect(state).toBe(target);
  expect(finished.stderr).not.toMatch(/\n\s+at /);
  expect(again).toMatchObject({ code: 0 });
  expect(stateAgain).toBe(target);
}

/** Strikes at so many moments, spread evenly over an import, each victim in turn; tells how many imports got through. */
export async function strikeOften(world: KillWorld, times: number): Promise<number> {
  let done = 0;
  let target: State = "other";
  for (let at = 0; at < times; at += 1) {
    const victim = VICTIMS[at % VICTIMS.length] ?? "importer";
    const killed = await world.kill(victim, target, ((at + 0.5) / times) * world.duration);
    expectWhole(killed, target);
    if (killed.state === target) done += 1;
    target = otherOf(target);
  }
  return done;
}
