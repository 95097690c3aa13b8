import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { finish, type Steps } from "../../grants/steps.js";
import type { Decision } from "../access/decision.js";
import type { KnownAccess } from "../who-can/principal-access.js";
import type { AssumePath } from "./trails.js";

/** Hops of a way that is decided before its row is shown: ten thousand take some ten milliseconds, and a page has a hundred rows. */
const LONG = 100;

/**
 * A row of one whom roles lead there. The way is made when it is read: of a hundred thousand rows few are, and a way may lead through
 * thousands of roles.
 */
export class LedByRoles {
  private way: AssumePath | undefined;
  private decided: Decision | undefined;

  constructor(
    private readonly findWay: () => Steps<AssumePath>,
    private readonly decide: (path: AssumePath) => Decision,
  ) {
    this.way = undefined;
    this.decided = undefined;
  }

  get path(): AssumePath {
    this.way ??= finish(this.findWay());
    return this.way;
  }

  get decision(): Decision {
    this.decided ??= this.decide(this.path);
    return this.decided;
  }

  *workOut(): Steps<void> {
    this.way ??= yield* this.findWay();
    // Reading it decides it, once.
    if (this.way.length > LONG && this.decision.verdict !== undefined) yield undefined;
  }
}

/** The same of a user or role. */
export class AccessByRoles extends LedByRoles implements KnownAccess {
  constructor(
    readonly principal: CompiledPrincipal,
    findWay: () => Steps<AssumePath>,
    decide: (path: AssumePath) => Decision,
  ) {
    super(findWay, decide);
  }
}
