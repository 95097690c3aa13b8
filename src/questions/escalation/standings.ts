import type { Snapshot } from "../../grants/snapshot.js";
import { readRequestArn } from "../../policy/arn.js";
import type { TrustingRoles } from "../assume/trusting-roles.js";
import { controlGrants } from "../who-can/like-principals.js";
import type { Foothold } from "./foothold.js";
import type { KindOfStep } from "./kinds-of-steps.js";
import type { Primitive } from "./primitive.js";
import type { ReachingSayings } from "./reaching-sayings.js";
import { type OfEachKind, type Said, saidOf } from "./sayings.js";
import { type Decide, Standing, sideOf, type Traits } from "./standing.js";
import { type Counting, nameOfCounting, whatCounts } from "./what-counts.js";

/** Most standings, and most lists of what is said, that are kept; beyond so many all are let go. */
const [MOST_STANDINGS, MOST_HOLDINGS] = [32_000, 200_000];

/** What those hold who are of one account and kind, and of whom the same is said about a kind of step. */
interface Holding {
  /** Equal for holdings of which nothing that differs counts. */
  readonly name: string;
  readonly traits: Traits;
  /** It could tell who takes the step. */
  readonly isAlone: boolean;
  /** On which side of its patterns they lie themselves makes a difference. */
  readonly hasSides: boolean;
  /** Where all of them stand; undefined where they are told apart. */
  readonly standing: Standing | undefined;
}

/** Tells where footholds stand to kinds of steps. */
export class Standings {
  private readonly known = new Map<string, Standing>();
  private readonly holdings = new Map<string, Holding>();
  private readonly bounds: readonly OfEachKind[];
  /** Whom the last standing was of, as mostly many are told of one. */
  private last: { readonly from: Foothold; readonly said: readonly OfEachKind[] } | undefined;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly sayings: ReachingSayings,
    private readonly roles: TrustingRoles,
    private readonly decide: Decide,
  ) {
    this.bounds = sayings.among(controlGrants(snapshot));
  }

  /**
   * Whoever holds the same statements may take the same steps against whatever the statements' patterns do not tell apart, so in a
   * big account few steps have to be decided. Conditions and control policies may ask who it is: such are told apart one by one.
   */
  of(from: Foothold, kind: KindOfStep): Standing {
    if (this.last?.from !== from) this.last = { from, said: this.sayings.of(from) };
    const said = saidOf(kind.index, this.last.said);
    const name = nameOfSaid(kind, from, said);
    const holding = this.holdings.get(name) ?? this.keepHolding(name, kind, from, said);
    if (holding.standing !== undefined) return holding.standing;
    const side = holding.hasSides ? sideOf(readRequestArn(from.principal.arn), holding.traits.covers) : "";
    return this.standingAt(`${holding.name}|${side}|${holding.isAlone ? from.key : ""}`, kind, holding.traits);
  }

  private keepHolding(name: string, kind: KindOfStep, from: Foothold, said: readonly Said[]): Holding {
    const own = said.flatMap(({ sayings }) => sayings);
    const bounds = saidOf(kind.index, this.bounds).flatMap(({ sayings }) => sayings);
    const isBound = this.snapshot.controlLevels.has(from.principal.accountId);
    const counting = whatCounts(kind, from.principal, own, isBound);
    const traits = traitsOf([...counting, ...bounds]);
    const holding = {
      name: nameOfCounting(kind, from.principal, counting),
      traits,
      isAlone: [...counting, ...bounds].some(({ tellsWho }) => tellsWho),
      hasSides: concernsSelf(kind.primitive) && traits.covers.length > 0,
    };
    const isShared = !holding.isAlone && !holding.hasSides;
    const standing = isShared ? this.standingAt(`${holding.name}||`, kind, traits) : undefined;
    if (this.holdings.size >= MOST_HOLDINGS) this.holdings.clear();
    this.holdings.set(name, { ...holding, standing });
    return { ...holding, standing };
  }

  private standingAt(name: string, kind: KindOfStep, traits: Traits): Standing {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const standing = new Standing(name, kind, traits, this.roles, this.decide);
    if (this.known.size >= MOST_STANDINGS) {
      this.known.clear();
      this.holdings.clear();
    }
    this.known.set(name, standing);
    return standing;
  }
}

function nameOfSaid({ index }: KindOfStep, { principal }: Foothold, said: readonly Said[]): string {
  let name = `${index} ${principal.accountId} ${principal.kind}`;
  for (const { number } of said) name += ` ${number}`;
  return name;
}

function traitsOf(counting: readonly Counting[]): Traits {
  const patterns = new Map(counting.flatMap((each) => each.patterns.map((pattern) => [pattern.text, pattern])));
  return { covers: [...patterns.values()], tellsTarget: counting.some(({ tellsTarget }) => tellsTarget) };
}

function concernsSelf({ calls }: Primitive): boolean {
  return calls.some(({ on }) => on.includes("SELF") || on.includes("HOLDER"));
}
