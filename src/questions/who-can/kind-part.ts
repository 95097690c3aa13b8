import type { Candidate } from "../../grants/candidate.js";
import { principalRanges } from "../../grants/principal-ranges.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Context } from "../../policy/conditions/context.js";
import { coverageOfKind, kindOf, type ResourceKind } from "../../policy/prepared/resource-kind.js";
import { joinTallies, Tally } from "./add-effects.js";
import { addHeld, addLost, isSteady, keysOf, leavesOpen } from "./add-held.js";
import type { AskingRange } from "./asking-range.js";
import { countTests } from "./count-tests.js";
import { decideByTests } from "./decide-by-tests.js";
import { type KeptVerdicts, settleKept } from "./settle.js";
import type { SteadyPart, Wanted } from "./steady-part.js";

/** What the principals of some accounts ask about. */
export interface KindQuestion {
  readonly foldedAction: string;
  readonly context: Context;
  /** Undefined where they do not all ask about the same resource. */
  readonly kind: ResourceKind | undefined;
  readonly wanted: Wanted;
}

/** A steady part for resources of one kind, and all that the statements test that it has beyond that for every resource. */
interface KindPart {
  readonly part: SteadyPart;
  readonly keys: ReadonlySet<string>;
}

/** What is remembered of a snapshot, by names that tell all that a part hangs on. */
interface Kinds {
  readonly asked: Set<string>;
  readonly parts: Map<string, KindPart>;
}

/** How many are kept of one snapshot; one takes up to three hundred kilobytes in the largest worlds. */
const MOST_PARTS = 64;
const MOST_ASKED = 1_000;

const KINDS = new WeakMap<Snapshot, Kinds>();

/** The kind of resources that everybody asks about; undefined where the account is left open and several are asked, each for its own. */
export function kindAsked([first, ...others]: readonly AskingRange[]): ResourceKind | undefined {
  const resource = first?.probe.resource;
  const isOne = resource !== undefined && others.every(({ probe }) => probe.resource === resource);
  return isOne ? kindOf(resource) : undefined;
}

/**
 * What statements say of an action for all resources of a kind alike: a steady part to which those are added that cover the whole kind, and
 * from whose rest those are gone that cover nothing of it. It is worked out when a kind is asked about again; else it is the steady part
 * itself. Yields while it is worked out.
 */
export function* kindPartOf(
  snapshot: Snapshot,
  steady: SteadyPart,
  { foldedAction, context, kind, wanted }: KindQuestion,
): Generator<undefined, SteadyPart, undefined> {
  const { kept } = steady;
  if (kind === undefined || kept === undefined || !steady.isOpen) return steady;
  const { asked, parts } = kindsOf(snapshot);
  const name = JSON.stringify([wanted.isLost, wanted.wantsDenials, foldedAction, kind.name]);
  if (!asked.has(name)) {
    if (asked.size >= MOST_ASKED) asked.clear();
    asked.add(name);
    return steady;
  }
  const known = parts.get(name) ?? (yield* refine(snapshot, { ...steady, kept }, foldedAction, kind, wanted.isLost));
  parts.delete(name);
  parts.set(name, known);
  const [oldest] = parts.size > MOST_PARTS ? parts.keys() : [];
  if (oldest !== undefined) parts.delete(oldest);
  return leavesOpen(context, known.keys) ? known.part : steady;
}

function kindsOf(snapshot: Snapshot): Kinds {
  const kinds = KINDS.get(snapshot) ?? { asked: new Set(), parts: new Map() };
  KINDS.set(snapshot, kinds);
  return kinds;
}

function* refine(
  snapshot: Snapshot,
  steady: SteadyPart & { readonly kept: KeptVerdicts },
  foldedAction: string,
  kind: ResourceKind,
  isLost: boolean,
): Generator<undefined, KindPart, undefined> {
  const { nobody } = principalRanges(snapshot.principals);
  const isWhole = (candidate: Candidate) =>
    coverageOfKind(candidate.statement, kind) === "ALL" && isSteady(snapshot, foldedAction, candidate);
  const { rest: within } = steady.rest.part(({ statement }) => coverageOfKind(statement, kind) === "NONE");
  const { held, rest } = within.part(isWhole);
  const own = new Tally(nobody);
  const scoped = yield* addHeld(own, snapshot.reach, held);
  if (isLost) addLost(own, scoped);
  const mostTests = own.conditional.length === 0 ? steady.mostTests : countTests(own, steady.tally.conditional);
  yield undefined;
  const settled = settleKept({ steady, own });
  yield* decideByTests([steady.tally, own], settled, () => false);
  const part = {
    ...steady,
    tally: joinTallies(steady.tally, own, nobody),
    kept: { ...steady.kept, sets: settled.sets, left: settled.left },
    mostTests,
    scoped: isLost ? [] : [...steady.scoped, ...scoped],
    rest,
  };
  part.tally.isKept = true;
  own.end();
  return { part, keys: keysOf(held) };
}
