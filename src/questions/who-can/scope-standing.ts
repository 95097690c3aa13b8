import type { Reach } from "../../grants/reach.js";
import { reachesScope } from "../../policy/match-statement.js";
import type { GroupMembership } from "../../policy/request.js";

/** Whether what counts only within some scope reaches a resource. */
export type Standing = "WITHIN" | "OUTSIDE" | "PERHAPS";

/** How the scopes of attachments, by their numbers, stand to one resource. Each is worked out once. */
export class ScopeStandings {
  private readonly known: (Standing | undefined)[] = [];

  constructor(
    private readonly reach: Reach,
    private readonly membership: GroupMembership,
  ) {}

  /** Nobody knows of any scope: the group of the resource is not known. */
  get isLost(): boolean {
    return this.membership === "UNKNOWN";
  }

  of(scope: number): Standing {
    const standing = this.known[scope] ?? this.find(scope);
    this.known[scope] = standing;
    return standing;
  }

  private find(scope: number): Standing {
    const isReached = reachesScope(
      { resourceGroupId: this.reach.scopeName(scope) },
      { resourceGroup: this.membership },
    );
    if (isReached === undefined) return "PERHAPS";
    return isReached ? "WITHIN" : "OUTSIDE";
  }
}
