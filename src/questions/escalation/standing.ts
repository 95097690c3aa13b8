import type { Steps } from "../../grants/steps.js";
import type { Key } from "../../inventory/keys.js";
import { coversResource, type ResourcePattern, readRequestArn } from "../../policy/arn.js";
import type { Verdict } from "../../policy/decide.js";
import type { TrustingRoles } from "../assume/trusting-roles.js";
import type { Foothold } from "./foothold.js";
import type { KindOfStep } from "./kinds-of-steps.js";
import type { Primitive } from "./primitive.js";
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
export interface Traits {
  readonly covers: readonly ResourcePattern[];
  readonly tellsTarget: boolean;
}

/** Most verdicts of a standing that are kept; beyond so many all are let go. */
const MOST_TARGETS = 10_000;

/** Is the step one of assuming a role that has to trust whoever takes it? */
function asksTrust({ calls }: Primitive): boolean {
  return calls.some(
    ({ anyOf, on, skipsTrust }) => anyOf.includes("sts:AssumeRole") && on.includes("TARGET") && !skipsTrust,
  );
}

/** On which side of each pattern a resource lies. */
export function sideOf(arn: string, covers: Traits["covers"]): string {
  const resource = arn === "" ? undefined : readRequestArn(arn);
  return resource === undefined
    ? ""
    : covers.map((pattern) => (coversResource(pattern, resource) ? "1" : "0")).join("");
}
