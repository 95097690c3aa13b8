import type { Steps } from "../../grants/steps.js";
import type { Key } from "../../inventory/keys.js";
import { coversResource, type RequestResource, type ResourcePattern, readRequestArn } from "../../policy/arn.js";
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
  private readonly asksTrust: boolean;
  private readonly open = new WeakMap<readonly StepTarget[], readonly StepTarget[]>();

  constructor(
    /** Equal for equal standings. */
    readonly name: string,
    readonly kind: KindOfStep,
    private readonly traits: Traits,
    private readonly roles: TrustingRoles,
    private readonly decide: Decide,
  ) {
    this.asksTrust = asksTrust(kind.primitive);
  }

  /** The verdict on a step of somebody who stands there; undefined for a plain no. Yields before it decides, and now and then. */
  *verdictOn(from: Foothold, target: StepTarget): Steps<Verdict | undefined> {
    const name = this.nameOf(from, target);
    if (name === "NOBODY") return undefined;
    const known = this.verdicts.get(name);
    if (known !== undefined) return known === "NO" ? undefined : known;
    yield undefined;
    const verdict = yield* this.decide(this.kind, from, target);
    if (this.verdicts.size >= MOST_TARGETS) this.verdicts.clear();
    this.verdicts.set(name, verdict ?? "NO");
    return verdict;
  }

  /** Those of the groups of an account at which the step is no plain no, told once for all who stand there. Yields now and then. */
  *openAmong(groups: readonly StepTarget[], from: Foothold): Steps<readonly StepTarget[]> {
    const known = this.open.get(groups);
    if (known !== undefined) return known;
    const open: StepTarget[] = [];
    for (const [at, group] of groups.entries()) {
      if (at % FEW === 0) yield undefined;
      if ((yield* this.verdictOn(from, group)) !== undefined) open.push(group);
      else if (this.isOne) break;
    }
    this.open.set(groups, open);
    return open;
  }

  /** Are targets of one account told apart by anything but whom they trust? */
  get tellsTargets(): boolean {
    return this.traits.covers.length > 0 || this.traits.tellsTarget;
  }

  /** Is there one verdict on all targets of an account? */
  get isOne(): boolean {
    const { primitive } = this.kind;
    return !this.asksTrust && primitive.service === undefined && !this.tellsTargets;
  }

  /** Are those who stand there told apart by a role that a step is aimed at? */
  isToldApartBy(role: Key): boolean {
    return this.asksTrust && this.roles.trustOf(role)?.isPersonal === true;
  }

  /** Equal for targets about which there is one verdict; `NOBODY` where the role lets others in alone. */
  private nameOf(from: Foothold, target: StepTarget): string {
    const { covers, tellsTarget } = this.traits;
    const { primitive } = this.kind;
    let name = target.principal?.accountId ?? accountOf(target.arn);
    if (this.asksTrust || primitive.service !== undefined) {
      const trust = this.roles.trustOf(target.key);
      name += ` ${trust?.kind ?? target.key}`;
      if (trust?.isPersonal && this.asksTrust) {
        if (trust.only?.includes(from.principal.key) === false) return "NOBODY";
        name += ` ${target.key} ${from.principal.key}`;
      }
    }
    if (covers.length > 0) name += ` ${sideOf(resourceOf(target), covers)}`;
    if (covers.length > 0 && target.holder !== undefined) name += ` ${sideOf(resourceOf(target.holder), covers)}`;
    return tellsTarget ? `${name} ${target.key} ${target.holder?.key}` : name;
  }
}

function accountOf(arn: string): string {
  let from = 0;
  for (let colons = 0; colons < 3; colons++) from = arn.indexOf(":", from) + 1;
  const end = arn.indexOf(":", from);
  return arn.slice(from, end < 0 ? undefined : end);
}

/** What is read of the ARNs of things that are asked about again and again, as policies and groups are and few users and roles. */
const RESOURCES = new WeakMap<object, RequestResource | undefined>();

interface Named {
  readonly arn: string;
  readonly principal?: unknown;
}

function resourceOf(named: Named): RequestResource | undefined {
  if (named.principal !== undefined || named.arn === "") return readRequestArn(named.arn);
  const known = RESOURCES.get(named);
  if (known !== undefined) return known;
  const resource = readRequestArn(named.arn);
  RESOURCES.set(named, resource);
  return resource;
}

/** What of a standing's statements tells steps apart. */
export interface Traits {
  readonly covers: readonly ResourcePattern[];
  readonly tellsTarget: boolean;
}

/** Most verdicts of a standing that are kept; beyond so many all are let go. */
const MOST_TARGETS = 10_000;

/** How many targets are looked at before others get their turn. */
const FEW = 100;

/** Is the step one of assuming a role that has to trust whoever takes it? */
function asksTrust({ calls }: Primitive): boolean {
  return calls.some(
    ({ anyOf, on, skipsTrust }) => anyOf.includes("sts:AssumeRole") && on.includes("TARGET") && !skipsTrust,
  );
}

/** On which side of each pattern a resource lies. */
export function sideOf(resource: RequestResource | undefined, covers: Traits["covers"]): string {
  let side = "";
  if (resource !== undefined) for (const pattern of covers) side += coversResource(pattern, resource) ? "1" : "0";
  return side;
}
