import type { Snapshot } from "../../grants/snapshot.js";
import type { Ruling, Verdict } from "../../policy/decide.js";
import type { Finding } from "../../policy/finding.js";
import type { Grant, PolicyLayer } from "../../policy/grant.js";
import type { UnreadableRequestValue } from "../../policy/match-statement.js";
import type { AccessQuestion } from "./access-question.js";
import type { KnownAsker } from "./asker.js";
import type { Decision } from "./decision.js";
import type { AskedPoint, JudgedAccess } from "./judge-access.js";

/** What is known of a decision before it is made. */
export interface Foreseen {
  readonly snapshot: Snapshot;
  readonly question: AccessQuestion;
  readonly asker: KnownAsker;
  readonly via?: readonly string[] | undefined;
  /** Given only where every value of the question could be read. */
  readonly verdict?: Verdict | undefined;
}

/** A decision that is made when something of it is read that was not foreseen: of many rows few are shown. */
export function decideLate(foreseen: Foreseen, decide: () => Decision): Decision {
  return new LateDecision(foreseen, decide);
}

const NONE: readonly UnreadableRequestValue[] = [];

/** Not to be spread: its members are no own properties. */
class LateDecision implements Decision {
  private made: Decision | undefined;

  constructor(
    private readonly foreseen: Foreseen,
    private readonly decide: () => Decision,
  ) {
    this.made = undefined;
  }

  private get whole(): Decision {
    this.made ??= this.decide();
    return this.made;
  }

  get snapshot(): Snapshot {
    return this.foreseen.snapshot;
  }

  get question(): AccessQuestion {
    return this.foreseen.question;
  }

  get asker(): KnownAsker {
    return this.foreseen.asker;
  }

  get via(): readonly string[] | undefined {
    return this.foreseen.via;
  }

  get verdict(): Verdict {
    return this.foreseen.verdict ?? this.whole.verdict;
  }

  get ruling(): Ruling {
    return this.whole.ruling;
  }

  get blockedBy(): readonly PolicyLayer[] {
    return this.whole.blockedBy;
  }

  get judged(): JudgedAccess {
    return this.whole.judged;
  }

  get unreadableValues(): readonly UnreadableRequestValue[] {
    return this.foreseen.verdict === undefined ? this.whole.unreadableValues : NONE;
  }

  settlingPoints(): readonly AskedPoint[] {
    return this.whole.settlingPoints();
  }

  grants(): readonly Grant[] {
    return this.whole.grants();
  }

  warnings(): readonly Finding[] {
    return this.whole.warnings();
  }
}
