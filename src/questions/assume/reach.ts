import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import { type Context, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import type { Decision } from "../access/decision.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";
import { type AssumeEdge, edgesFrom, edgesInto } from "./assume-edges.js";

/** The hops by which a principal gets somewhere, first to last. */
export type AssumePath = readonly AssumeEdge[];

/** Somebody who gets to a role, and how. */
export interface Reached {
  readonly principal: CompiledPrincipal;
  readonly path: AssumePath;
}

/**
 * Who gets to one of these roles by assuming roles, each by a shortest of their best paths: paths of certain hops go before
 * conditional ones, and these before ones that hang on unknown facts. Cycles end where they would come back. Yields before each
 * decision.
 *
 * @param targets roles and the decision that makes each worth reaching
 */
export function* reachInto(
  snapshot: Snapshot,
  targets: ReadonlyMap<Key, Decision>,
  context: Context = OPEN_CONTEXT,
): Generator<undefined, readonly Reached[], undefined> {
  const edges = memo(function* (key: Key) {
    const role = snapshot.roles.get(key);
    return role === undefined ? [] : yield* edgesInto(snapshot, role, context);
  });
  const best = new Map<Key, Reached>();
  for (const tier of TIERS) {
    const starts = [...targets].filter(([, { verdict }]) => isAtLeast(verdict, tier)).map(([key]) => key);
    const found = yield* walk(starts, (key) => edgesOfTier(edges(key), tier), backward);
    for (const [key, reached] of found) if (!best.has(key)) best.set(key, reached);
  }
  return [...best.values()];
}

/** Roles that a principal gets to by assuming roles, each by a shortest of its best paths. Yields before each decision. */
export function* reachFrom(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
): Generator<undefined, ReadonlyMap<Key, AssumePath>, undefined> {
  const edges = memo(function* (key: Key) {
    const from = snapshot.principalByKey.get(key);
    return from === undefined ? [] : yield* edgesFrom(snapshot, from);
  });
  const best = new Map<Key, AssumePath>();
  for (const tier of TIERS) {
    const found = yield* walk([principal.key], (key) => edgesOfTier(edges(key), tier), forward);
    for (const [key, { path }] of found) if (!best.has(key)) best.set(key, path);
  }
  return best;
}

const TIERS: readonly Verdict[] = ["ALLOWED", "CONDITIONAL", "UNDETERMINED"];

function isAtLeast(verdict: Verdict, tier: Verdict): boolean {
  return VERDICT_RANK[verdict] >= VERDICT_RANK[tier];
}

type Edges = Generator<undefined, readonly AssumeEdge[], undefined>;

function* edgesOfTier(edges: Edges, tier: Verdict): Edges {
  return (yield* edges).filter(({ decision }) => isAtLeast(decision.verdict, tier));
}

/** How a hop is added to a path, and whom it leads to. */
interface Direction {
  readonly next: (edge: AssumeEdge) => Key;
  readonly join: (path: AssumePath, edge: AssumeEdge) => AssumePath;
}

const backward: Direction = { next: ({ from }) => from.key, join: (path, edge) => [edge, ...path] };
const forward: Direction = { next: ({ to }) => to, join: (path, edge) => [...path, edge] };

/** Breadth first, so that the first path found to anybody is a shortest. */
function* walk(
  starts: readonly Key[],
  edgesOf: (key: Key) => Edges,
  { next, join }: Direction,
): Generator<undefined, ReadonlyMap<Key, Reached>, undefined> {
  const reached = new Map<Key, Reached>();
  const seen = new Set(starts);
  let front = starts.map((key): { readonly key: Key; readonly path: AssumePath } => ({ key, path: [] }));
  while (front.length > 0) {
    const following: typeof front = [];
    for (const { key, path } of front) {
      for (const edge of yield* edgesOf(key)) {
        const other = next(edge);
        if (seen.has(other)) continue;
        seen.add(other);
        const longer = join(path, edge);
        reached.set(other, { principal: edge.from, path: longer });
        following.push({ key: other, path: longer });
      }
    }
    front = following;
  }
  return reached;
}

function memo(compute: (key: Key) => Edges): (key: Key) => Edges {
  const known = new Map<Key, readonly AssumeEdge[]>();
  return function* (key) {
    const value = known.get(key) ?? (yield* compute(key));
    known.set(key, value);
    return value;
  };
}
