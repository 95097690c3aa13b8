import { Field, ObjectType } from "type-graphql";
import type { CompiledPolicy } from "../grants/compiled-policy.js";
import type { Snapshot } from "../grants/snapshot.js";
import { policyVersionKey } from "../inventory/keys.js";
import type { PolicyVersion } from "../inventory/policy.js";
import { parsePolicy } from "../policy/parse-policy.js";
import { connectionType } from "./connection.js";
import { NodeType } from "./node.type.js";
import { plainJson } from "./plain-json.js";
import { PolicyStatementType } from "./policy-statement.type.js";
import { DateTimeScalar, JsonScalar } from "./scalars.js";

/** A version whose document is known. */
export type KnownVersion = PolicyVersion & { readonly documentText: string };

@ObjectType("PolicyVersion", {
  simpleResolvers: true,
  implements: NodeType,
  description: "One version of a policy's document. Only the default version is in force.",
})
export class PolicyVersionType extends NodeType {
  constructor(
    snapshot: Snapshot,
    readonly compiled: CompiledPolicy,
    readonly row: KnownVersion,
  ) {
    super(snapshot, policyVersionKey(compiled.key, row.versionId));
  }

  @Field(() => String, { description: "Name of the version, e.g. `v1`." })
  get versionId(): string {
    return this.row.versionId;
  }

  @Field(() => Boolean, { description: "True for the version in force." })
  get isDefault(): boolean {
    return this.row.isDefault;
  }

  @Field(() => JsonScalar, { description: "The document as a JSON value; its text where it is no JSON." })
  get document(): unknown {
    return plainJson(this.row.documentText);
  }

  @Field(() => String, { description: "The document byte for byte as it is kept." })
  get documentText(): string {
    return this.row.documentText;
  }

  /** Versions that are not in force are read when someone asks. */
  @Field(() => [PolicyStatementType], { description: "Its statements in their order, as far as they can be read." })
  get statements(): readonly PolicyStatementType[] {
    const { document } = this.compiled;
    const read = this.row.isDefault ? document : parsePolicy(this.row.documentText, document.type).value;
    return read.statements.map((statement) => new PolicyStatementType(this.snapshot, this.key, statement));
  }

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was made; null if not known." })
  get createdAt(): string | undefined {
    return this.row.createdAt;
  }
}

/** The versions of a policy whose documents are known. */
export function versionsOf(snapshot: Snapshot, compiled: CompiledPolicy): readonly PolicyVersionType[] {
  return compiled.policy.versions.filter(isKnown).map((version) => new PolicyVersionType(snapshot, compiled, version));
}

function isKnown(version: PolicyVersion): version is KnownVersion {
  return version.documentText !== undefined;
}

export const PolicyVersionConnection = connectionType("PolicyVersion", () => PolicyVersionType);
