import { Field, Int, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { Key } from "../inventory/keys.js";
import type { Finding, Severity } from "../policy/finding.js";
import { connectionType } from "./connection.js";
import { SeverityEnum } from "./meta-enums.js";

@ObjectType("Finding", {
  simpleResolvers: true,
  description: "Something wrong or noteworthy in the data that was read.",
})
export class FindingType {
  /** @param subject key of the fact that it is about */
  constructor(
    readonly snapshot: Snapshot,
    private readonly finding: Finding,
    readonly subjectKey?: Key,
  ) {}

  @Field(() => String, { description: "What kind of finding, in stable upper-case words." })
  get code(): string {
    return this.finding.code;
  }

  @Field(() => SeverityEnum, { description: "How much it matters." })
  get severity(): Severity {
    return this.finding.severity;
  }

  @Field(() => String, { description: "What was found, in one sentence." })
  get message(): string {
    return this.finding.message;
  }

  @Field(() => String, { nullable: true, description: "Place in the document as an RFC 6901 pointer." })
  get pointer(): string | undefined {
    return this.finding.pointer;
  }

  @Field(() => Int, { nullable: true, description: "Line of the text that was read, from 1." })
  get line(): number | undefined {
    return this.finding.line;
  }

  @Field(() => Int, { nullable: true, description: "Column in that line, from 1." })
  get column(): number | undefined {
    return this.finding.column;
  }

  @Field(() => String, { nullable: true, description: "What to write instead, only where that is certain." })
  get suggestion(): string | undefined {
    return this.finding.suggestion;
  }
}

export const FindingConnection = connectionType("Finding", () => FindingType);
