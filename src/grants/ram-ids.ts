import type { Role, User } from "../inventory/principal.js";

/** The ids that users and roles have. Each should be one's own, yet exports may say otherwise: an id is gone with the last that has it. */
export class RamIds {
  private constructor(
    private readonly known: ReadonlySet<string>,
    /** By how much the number of those who have an id differs from the one that is known of, where it does. */
    private readonly more: ReadonlyMap<string, number>,
  ) {}

  /** Yields after so many. */
  static *of(users: readonly User[], roles: readonly Role[], step: number): Generator<undefined, RamIds, undefined> {
    const [known, more] = [new Set<string>(), new Map<string, number>()];
    let read = 0;
    for (const id of idsOf(users, roles)) {
      if (known.has(id)) add(more, id, 1);
      known.add(id);
      if (++read % step === 0) yield undefined;
    }
    return new RamIds(known, more);
  }

  has(id: string): boolean {
    return (this.known.has(id) ? 1 : 0) + (this.more.get(id) ?? 0) > 0;
  }

  /** The same with some users and roles gone, as they were, and others there; what is the same is shared. */
  changed(gone: Carriers, put: Carriers): RamIds {
    const more = new Map(this.more);
    for (const id of idsOf(gone.users, gone.roles)) add(more, id, -1);
    for (const id of idsOf(put.users, put.roles)) add(more, id, 1);
    return new RamIds(this.known, more);
  }
}

interface Carriers {
  readonly users: readonly User[];
  readonly roles: readonly Role[];
}

function add(counts: Map<string, number>, id: string, by: number): void {
  const count = (counts.get(id) ?? 0) + by;
  if (count === 0) counts.delete(id);
  else counts.set(id, count);
}

function* idsOf(users: readonly User[], roles: readonly Role[]): Generator<string> {
  for (const { userId } of users) if (userId !== undefined) yield userId;
  for (const { roleId } of roles) if (roleId !== undefined) yield roleId;
}
