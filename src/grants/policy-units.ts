import { type PreparedStatement, prepareStatement } from "../policy/prepared/prepared-statement.js";
import type { CompiledPolicy } from "./compiled-policy.js";

/** A policy with its statements prepared for many questions. */
export interface PolicyUnit {
  readonly compiled: CompiledPolicy;
  /** All that one of its statements may be about: see `serviceMask`. */
  readonly services: number;
  readonly statements: readonly PreparedStatement[];
}

/** Policies never change, so each is prepared once for all snapshots that hold it, when it first matters. */
const UNITS = new WeakMap<CompiledPolicy, PolicyUnit>();

/** The prepared form of a policy. */
export function unitOf(compiled: CompiledPolicy): PolicyUnit {
  const known = UNITS.get(compiled);
  if (known !== undefined) return known;
  const statements = compiled.document.statements.map(prepareStatement);
  const services = statements.reduce((mask, statement) => mask | statement.services, 0);
  const unit = { compiled, services, statements };
  UNITS.set(compiled, unit);
  return unit;
}
