import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import type { Key } from "../../inventory/keys.js";
import { coversResource, type ResourcePattern, readRequestArn } from "../../policy/arn.js";
import type { Verdict } from "../../policy/decide.js";
import type { TrustingRoles } from "../assume/trusting-roles.js";
import { controlGrants } from "../who-can/like-principals.js";
import type { Foothold } from "./foothold.js";
import type { KindOfStep } from "./kinds-of-steps.js";
import type { Primitive } from "./primitive.js";
import { isAboutSome, type Saying, type Sayings } from "./sayings.js";
import type { StepTarget } from "./targets.js";

/** Decides a step; undefined for a plain no. Yields now and then. */
export type Decide = (kind: KindOfStep, from: Foothold, target: StepTarget) => Steps<Verdict | undefined>;

/** Where those stand who hold the same statements about a kind of step: what one of them may do all of them may. */
export class Standing {
  private readonly verdicts = new Map<string, Verdict | "NO">();

  constructor(
    /** Equal for equal standings. */
    readonly name: string,
    readonly kind: KindOfStep,
    private readonly traits: Traits,
    private readonly roles: TrustingRoles,
    private readonly decide: Decide,
  ) {}

  /** The verdict on a step of somebody who stands there; undefined for a plain no. Yields now and then. */
  *verdictOn(from: Foothold, target: StepTarget): Steps<Verdict | undefined> {
    const name = this.nameOf(from, target);
    if (name === "NOBODY") return undefined;
    const known = this.verdicts.get(name);
    if (known !== undefined) return known === "NO" ? undefined : known;
    const verdict = yield* this.decide(this.kind, from, target);
    if (this.verdicts.size >= MOST_TARGETS) this.verdicts.clear();
    this.verdicts.set(name, verdict ?? "NO");
    return verdict;
  }

  /** Are targets of one account told apart by anything but whom they trust? */
  get tellsTargets(): boolean {
    return this.traits.covers.length > 0 || this.traits.tellsTarget;
  }

  /** Is there one verdict on all targets of an account? */
  get isOne(): boolean {
    const { primitive } = this.kind;
    return !asksTrust(primitive) && primitive.service === undefined && !this.tellsTargets;
  }

  /** Are those who stand there told apart by a role that a step is aimed at? */
  isToldApartBy(role: Key): boolean {
    return asksTrust(this.kind.primitive) && this.roles.trustOf(role)?.isPersonal === true;
  }

  /** Equal for targets about which there is one verdict; `NOBODY` where the role lets others in alone. */
  private nameOf(from: Foothold, target: StepTarget): string {
    const { covers, tellsTarget } = this.traits;
    const { primitive } = this.kind;
    const names: (string | number)[] = [target.principal?.accountId ?? target.arn.split(":", 4)[3] ?? ""];
    if (asksTrust(primitive) || primitive.service !== undefined) {
      const trust = this.roles.trustOf(target.key);
      names.push(trust?.kind ?? target.key);
      if (trust?.isPersonal && asksTrust(primitive)) {
        if (trust.only?.includes(from.principal.key) === false) return "NOBODY";
        names.push(target.key, from.principal.key);
      }
    }
    if (covers.length > 0) names.push(sideOf(target.arn, covers), sideOf(target.holder?.arn ?? "", covers));
    if (tellsTarget) names.push(target.key, target.holder?.key ?? "");
    return names.join(" ");
  }
}

/** What of a standing's statements tells steps apart. */
interface Traits {
  readonly covers: readonly ResourcePattern[];
  readonly tellsTarget: boolean;
}

/** Most verdicts of a standing, and most standings, that are kept; beyond so many all are let go. */
const [MOST_TARGETS, MOST_STANDINGS] = [10_000, 20_000];

/** Is the step one of assuming a role that has to trust whoever takes it? */
function asksTrust({ calls }: Primitive): boolean {
  return calls.some(
    ({ anyOf, on, skipsTrust }) => anyOf.includes("sts:AssumeRole") && on.includes("TARGET") && !skipsTrust,
  );
}

/** On which side of each pattern a resource lies. */
function sideOf(arn: string, covers: Traits["covers"]): string {
  const resource = arn === "" ? undefined : readRequestArn(arn);
  return resource === undefined
    ? ""
    : covers.map((pattern) => (coversResource(pattern, resource) ? "1" : "0")).join("");
}

/** Tells where footholds stand to kinds of steps. */
export class Standings {
  private readonly known = new Map<string, Standing>();
  private readonly traits = new Map<string, Traits>();
  private readonly bounds: ReturnType<Sayings["of"]>;
  /** Whom the last standing was of, as mostly many are told of one. */
  private last: { readonly from: Foothold; readonly said: ReturnType<Sayings["of"]> } | undefined;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly sayings: Sayings,
    private readonly roles: TrustingRoles,
    private readonly decide: Decide,
  ) {
    this.bounds = sayings.of(controlGrants(snapshot));
  }

  /**
   * Whoever holds the same statements may take the same steps against whatever the statements' patterns do not tell apart, so in a
   * big account few steps have to be decided. Conditions and control policies may ask who it is: such are told apart one by one.
   */
  of(from: Foothold, kind: KindOfStep): Standing {
    if (this.last?.from !== from) this.last = { from, said: this.sayings.of(from.grants) };
    const own = this.whatCounts(kind, from, saidOf(kind, this.last.said));
    const bounds = saidOf(kind, this.bounds);
    const held = nameOfHeld(kind, from, own);
    const traits = this.traits.get(held) ?? this.keepTraits(held, [...own, ...bounds]);
    const isAlone = own.some(({ tellsWho }) => tellsWho) || bounds.some(({ tellsWho }) => tellsWho);
    const side = concernsSelf(kind.primitive) ? sideOf(from.principal.arn, traits.covers) : "";
    const name = `${held}|${side}|${isAlone ? from.key : ""}`;
    const before = this.known.get(name);
    if (before !== undefined) return before;
    const standing = new Standing(name, kind, traits, this.roles, this.decide);
    if (this.known.size >= MOST_STANDINGS) this.known.clear();
    this.known.set(name, standing);
    return standing;
  }

  /**
   * Where something is unknown of a step, it matters only that its calls are no plain no. Those about some resource are none where
   * something allows them on one and nothing denies them: whatever else is said, all such stand alike.
   */
  private whatCounts({ primitive }: KindOfStep, { principal }: Foothold, own: readonly Saying[]): readonly Saying[] {
    if (primitive.unknown === undefined || !isAboutSome(primitive)) return lessWhatAddsNothing(primitive, own);
    const isBound = this.snapshot.controlLevels.has(principal.accountId);
    const isOpen = !isBound && own.every(({ isAllow }) => isAllow);
    return isOpen && own.some(({ allowsSomeIn }) => allowsSomeIn(principal.accountId)) ? SOME_ALLOWED : own;
  }

  private keepTraits(held: string, sayings: readonly Saying[]): Traits {
    const patterns = new Map(sayings.flatMap((saying) => saying.patterns.map((pattern) => [pattern.text, pattern])));
    const traits = { covers: [...patterns.values()], tellsTarget: sayings.some(({ tellsTarget }) => tellsTarget) };
    if (this.traits.size >= MOST_STANDINGS) this.traits.clear();
    this.traits.set(held, traits);
    return traits;
  }
}

/** That some statement allows the calls of a step somewhere. */
const SOME_ALLOWED: readonly Saying[] = [
  {
    number: -1,
    isAllow: true,
    allowsAll: false,
    allowsSomeIn: () => true,
    patterns: [],
    tellsWho: false,
    tellsTarget: false,
  },
];

/** Names of new things are tried in the order of the patterns that tell them apart; else the order of statements never matters. */
function nameOfHeld({ index }: KindOfStep, { principal }: Foothold, own: readonly Saying[]): string {
  const numbers: number[] = [];
  for (const { number } of own) if (!numbers.includes(number)) numbers.push(number);
  if (numbers.length > 1 && own.every(({ patterns }) => patterns.length === 0)) numbers.sort((a, b) => a - b);
  return `${index} ${principal.accountId} ${principal.kind} ${numbers.join(" ")}`;
}

/** Beside what allows all of a step, other Allows add nothing to it; names of new things may be told apart by them. */
function lessWhatAddsNothing(primitive: Primitive, own: readonly Saying[]): readonly Saying[] {
  const all = own.length > 1 && !makesThings(primitive) ? own.find(({ allowsAll }) => allowsAll) : undefined;
  return all === undefined ? own : [all, ...own.filter(({ isAllow }) => !isAllow)];
}

function makesThings({ calls }: Primitive): boolean {
  return calls.some(({ on }) => on.some((each) => each.startsWith("NEW_")));
}

function saidOf({ index }: KindOfStep, said: ReturnType<Sayings["of"]>): readonly Saying[] {
  const own: Saying[] = [];
  for (const each of said) {
    const saying = each[index];
    if (saying !== undefined) own.push(saying);
  }
  return own;
}

function concernsSelf({ calls }: Primitive): boolean {
  return calls.some(({ on }) => on.includes("SELF") || on.includes("HOLDER"));
}
