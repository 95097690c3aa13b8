import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Steps } from "../../grants/steps.js";
import type { Verdict } from "../../policy/decide.js";
import type { Decision } from "../access/decision.js";
import type { AssumePath } from "../assume/trails.js";

/** A service-linked role is a role as well. */
export type PrincipalType = "ROLE" | "SERVICE_LINKED_ROLE" | "USER" | "SERVICE" | "EXTERNAL";

/** `DIRECT`: those who may do it themselves. `ASSUMED`: also those who get there by assuming roles. */
export type ReachMode = "DIRECT" | "ASSUMED";

export interface WhoCanScope {
  readonly verdicts: ReadonlySet<Verdict>;
  /** Absent for all. */
  readonly types?: ReadonlySet<PrincipalType>;
  /** Absent: every imported account, or the catalog as long as there is none. */
  readonly accountIds?: ReadonlySet<string>;
  readonly reach: ReachMode;
  readonly order?: AccessOrder;
}

export interface AccessOrder {
  readonly field: "NAME" | "VERDICT";
  readonly isDescending: boolean;
}

/** A row of an answer: the decision says who, a user or role that was imported or somebody outside. */
export interface PrincipalAccess {
  readonly decision: Decision;
  /** Present for an imported user or role, or a role of the catalog. */
  readonly principal?: CompiledPrincipal;
  /** Hops by which a principal gets there; absent for one who is there. */
  readonly path?: AssumePath;
  /** Works out in steps what would take long to be read; absent where nothing does. */
  readonly workOut?: () => Steps<void>;
}

/** A row about an imported user or role, or a role of the catalog. */
export interface KnownAccess extends PrincipalAccess {
  readonly principal: CompiledPrincipal;
}
