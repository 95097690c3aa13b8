import type { Said, SaidAttachment, SaidCaller, SaidDomain, SaidPolicy } from "../said.js";

/** What is kept as it was said until all of it is known; policies and attachments are joined as they come. */
export type SaidKept = Exclude<Said, SaidAttachment | SaidPolicy | SaidCaller | SaidDomain>;

type Lists = { [Kind in SaidKept["kind"]]: Extract<SaidKept, { kind: Kind }>[] };

/** Everything kept, by what it is about. */
export type SaidByKind = { readonly [Kind in keyof Lists]: readonly Lists[Kind][number][] };

/** Lists that grow, one for each kind. */
export interface SaidLists {
  readonly said: SaidByKind;
  readonly take: (one: SaidKept) => void;
  /** Empties lists that are no longer needed. */
  readonly drop: (...kinds: readonly SaidKept["kind"][]) => void;
}

export function startLists(): SaidLists {
  const said: Lists = {
    user: [],
    group: [],
    member: [],
    role: [],
    version: [],
    directory: [],
    folder: [],
    directoryMember: [],
    controlPolicy: [],
    controlAttachment: [],
    resourceGroup: [],
    resource: [],
    groupSupport: [],
    tag: [],
    bucketPolicy: [],
  };
  return {
    said,
    take: (one) => push(said, one.kind, one),
    drop(...kinds) {
      for (const kind of kinds) said[kind].length = 0;
    },
  };
}

function push<Kind extends keyof Lists>(said: Lists, kind: Kind, one: Lists[Kind][number]): void {
  said[kind].push(one);
}
