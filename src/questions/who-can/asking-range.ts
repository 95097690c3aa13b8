import type { AccountRange } from "../../grants/principal-ranges.js";
import type { Probe } from "../access/probe.js";
import type { ScopeStandings } from "./scope-standing.js";

/** An account, how its principals ask, and how scopes stand to what they ask about. */
export interface AskingRange {
  readonly range: AccountRange;
  readonly probe: Probe;
  readonly standings: ScopeStandings;
}
