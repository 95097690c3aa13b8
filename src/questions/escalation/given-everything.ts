import { type Bits, hasBit } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Context } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { tellsWho } from "../who-can/like-principals.js";
import { actionsToldApart } from "./actions-told-apart.js";
import { administratorVerdict } from "./administrator.js";
import { EVERYTHING, footholdOf, withEverything } from "./foothold.js";
import { ReadByPolicy } from "./read-by-policy.js";

/** Most verdicts that are kept; beyond so many all are let go. */
const MOST_KEPT = 50_000;

/**
 * Who would be an administrator if they were allowed everything besides what they hold. What else allows them something without
 * conditions then matters to nobody, so few have to be decided: one of those who hold the same of what is left.
 */
export class GivenEverything {
  private readonly verdicts = new Map<string, Verdict | "NO">();
  private readonly words = new Map<string, readonly string[]>();
  private readonly numbers = new Map<Statement | Grant["resourceGroupId"], number>();
  private readonly left: ReadByPolicy<readonly Grant[]>;

  /** @param denied see `plainlyDenied` */
  constructor(
    private readonly snapshot: Snapshot,
    private readonly context: Context,
    private readonly denied: Bits,
  ) {
    this.left = new ReadByPolicy(snapshot, leftOf);
  }

  /** Undefined for a plain no. Yields now and then. */
  *verdictAt(place: number): Steps<Verdict | undefined> {
    const principal = hasBit(this.denied, place) ? undefined : this.snapshot.principals[place];
    if (principal === undefined) return undefined;
    const name = (yield* this.nameOf(place, principal)) ?? principal.key;
    const known = this.verdicts.get(name);
    if (known !== undefined) return known === "NO" ? undefined : known;
    const foothold = withEverything(footholdOf(this.snapshot, principal));
    const verdict = yield* administratorVerdict(this.snapshot, foothold, this.context);
    if (this.verdicts.size >= MOST_KEPT) this.verdicts.clear();
    this.verdicts.set(name, verdict ?? "NO");
    return verdict;
  }

  /** Equal for those who must come out alike; undefined for one who is like no other. */
  private *nameOf(place: number, principal: CompiledPrincipal): Steps<string | undefined> {
    const left = this.left.at(place).flat();
    const words = yield* this.wordsFor(left.filter(({ statement }) => statement.effect !== "ALLOW"));
    const weighed = left.filter(({ statement }) => words.some((word) => mayCoverAction(statement, word) !== false));
    if (weighed.some(tellsWho)) return undefined;
    return [principal.accountId, principal.kind, ...weighed.map((grant) => this.numberOf(grant))].join(" ");
  }

  /** The actions that they are asked about. */
  private *wordsFor(denials: readonly Grant[]): Steps<readonly string[]> {
    const name = denials.map(({ statement }) => this.number(statement)).join();
    const known = this.words.get(name);
    if (known !== undefined) return known;
    const told = yield* actionsToldApart([...denials, ...EVERYTHING]);
    const words = told.actions.map(asciiLower);
    if (this.words.size >= MOST_KEPT) this.words.clear();
    this.words.set(name, words);
    return words;
  }

  /** A scope may be any text that a source wrote, so it has a number too. */
  private numberOf({ statement, resourceGroupId }: Grant): string {
    return `${this.number(statement)}@${this.number(resourceGroupId)}`;
  }

  private number(thing: Statement | Grant["resourceGroupId"]): number {
    const number = this.numbers.get(thing) ?? this.numbers.size;
    this.numbers.set(thing, number);
    return number;
  }
}

/** What of a policy adds to everything, or takes from it. */
function leftOf(grants: readonly Grant[]): readonly Grant[] | undefined {
  const left = grants.filter((grant) => !isPlainAllow(grant));
  return left.length === 0 ? undefined : left;
}

/** It allows what everything allows as well, without a word about who, where or when. */
function isPlainAllow({ statement, layer, resourceGroupId }: Grant): boolean {
  const { effect, conditions, unreadable, actions, resources, principals } = statement;
  if (effect !== "ALLOW" || conditions.length > 0 || unreadable.length > 0 || principals !== undefined) return false;
  if (layer !== "ACCOUNT_LEVEL_IDENTITY_POLICY" || resourceGroupId !== undefined) return false;
  return actions !== "UNREADABLE" && resources !== "UNREADABLE" && !resources.isNegated;
}
