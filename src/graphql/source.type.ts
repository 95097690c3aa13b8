import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { Key } from "../inventory/keys.js";
import type { Source, SourceKind } from "../inventory/source.js";
import { connectionType } from "./connection.js";
import { SourceKindEnum } from "./meta-enums.js";
import { NodeType } from "./node.type.js";
import { DateTimeScalar, UriScalar } from "./scalars.js";

@ObjectType("Source", {
  simpleResolvers: true,
  implements: NodeType,
  description: "Where facts were read from: a page of the documentation, or the export of an account.",
})
export class SourceType extends NodeType {
  constructor(
    snapshot: Snapshot,
    readonly row: Source,
  ) {
    super(snapshot, row.key);
  }

  @Field(() => SourceKindEnum, { description: "A page, an export or a live account." })
  get kind(): SourceKind {
    return this.row.kind;
  }

  @Field(() => String, { description: "Title of the page, or what the export is of." })
  get title(): string {
    return this.row.title;
  }

  @Field(() => UriScalar, { nullable: true, description: "Address of the page; null for exports." })
  get uri(): string | undefined {
    return this.row.uri;
  }

  @Field(() => DateTimeScalar, { description: "When it was last imported." })
  get importedAt(): string {
    return this.row.importedAt ?? this.snapshot.committedAt;
  }

  @Field(() => String, { description: "SHA-256 of the bytes that were read, in hexadecimal digits." })
  get sha256(): string {
    return this.row.sha256;
  }
}

/**
 * The source of a fact.
 * @param fact how errors call the fact
 * @throws Error when the inventory breaks its promise that every fact has a source
 */
export function sourceOf(snapshot: Snapshot, key: Key | undefined, fact: string): SourceType {
  const source = snapshot.sources.get(key ?? "");
  if (source === undefined) throw new Error(`${fact} has no source in revision ${snapshot.revision}`);
  return new SourceType(snapshot, source);
}

export const SourceConnection = connectionType("Source", () => SourceType);
