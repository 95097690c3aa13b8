import { Field, ID, Int, ObjectType } from "type-graphql";
import type { ImportRun, RunKind } from "../inventory/import-run.js";
import { CATALOG_ACCOUNT } from "../inventory/keys.js";
import { enumType } from "./enum-type.js";
import { DateTimeScalar } from "./scalars.js";

const ImportRunKindEnum = enumType<RunKind>("ImportRunKind", "What a run did.", {
  IMPORT: "It took what sources say now.",
  REVERT: "It brought sources back to what they said before an earlier run.",
  FORGET: "It removed an account.",
});

@ObjectType("ImportRun", { simpleResolvers: true, description: "A run that changed facts, as it is on record." })
export class ImportRunType {
  constructor(readonly row: ImportRun) {}

  @Field(() => ID, { description: "Its number, by which `ramgraph imports` knows it." })
  get number(): string {
    return this.row.id;
  }

  @Field(() => ImportRunKindEnum, { description: "An import, or what took one back." })
  get kind(): RunKind {
    return this.row.kind;
  }

  @Field(() => String, {
    nullable: true,
    description: "The account it was about; null for pages of the documentation.",
  })
  get accountId(): string | null {
    return this.row.subject === CATALOG_ACCOUNT ? null : this.row.subject;
  }

  @Field(() => [String], { description: "Titles of the pages or of the export." })
  get titles(): readonly string[] {
    return this.row.sources.map(({ title }) => title);
  }

  @Field(() => DateTimeScalar, { description: "When it began." })
  get startedAt(): string {
    return this.row.startedAt;
  }

  @Field(() => DateTimeScalar, { description: "When its work was done, just before it was committed." })
  get finishedAt(): string {
    return this.row.finishedAt;
  }

  @Field(() => Int, { description: "Rows of the database that it added." })
  get added(): number {
    return this.row.added;
  }

  @Field(() => Int, { description: "Rows of the database that it changed." })
  get changed(): number {
    return this.row.changed;
  }

  @Field(() => Int, { description: "Rows of the database that it removed." })
  get removed(): number {
    return this.row.removed;
  }

  @Field(() => Int, { description: "How many findings its sources had." })
  get findings(): number {
    return this.row.findings;
  }
}
