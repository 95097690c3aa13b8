import type { AccessLevel } from "../../inventory/catalog.js";
import type { Verdict } from "../../policy/decide.js";
import type { Permission } from "./permissions.js";

export interface PermissionSummary {
  /** RAM code. */
  readonly service: string;
  readonly accessLevel: AccessLevel;
  readonly allowed: number;
  readonly conditional: number;
  readonly undetermined: number;
}

/** Counts permissions by service and access level; an action with several levels counts once under each. */
export function summarise(
  rows: readonly Permission[],
  levels: ReadonlySet<AccessLevel> | undefined,
): readonly PermissionSummary[] {
  const counts = new Map<string, { service: string; accessLevel: AccessLevel; counted: Map<Verdict, number> }>();
  for (const { action, decision } of rows) {
    for (const accessLevel of action.accessLevels) {
      if (levels !== undefined && !levels.has(accessLevel)) continue;
      const key = `${action.service} ${accessLevel}`;
      const entry = counts.get(key) ?? { service: action.service, accessLevel, counted: new Map() };
      entry.counted.set(decision.verdict, (entry.counted.get(decision.verdict) ?? 0) + 1);
      counts.set(key, entry);
    }
  }
  return [...counts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, { service, accessLevel, counted }]) => ({
      service,
      accessLevel,
      allowed: counted.get("ALLOWED") ?? 0,
      conditional: counted.get("CONDITIONAL") ?? 0,
      undetermined: counted.get("UNDETERMINED") ?? 0,
    }));
}
