import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { At } from "../../graphql/at-argument.js";
import { checkLength } from "../../graphql/errors.js";
import { FindingType } from "../../graphql/finding.type.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import { PolicyDocumentTypeEnum } from "../../graphql/policy-enums.js";
import type { RequestContext } from "../../graphql/request-context.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import type { PolicyDocumentType } from "../../policy/document.js";
import { lintInSteps } from "./lint-document.js";

/** Many times what RAM takes of any policy. */
const MAX_DOCUMENT = 65_536;

@Resolver()
export class LintResolver {
  @Query(() => [FindingType], {
    description:
      "What is wrong or noteworthy in a policy document that may not exist anywhere yet, in the order of its text. Actions are looked up in the catalog.",
  })
  async lint(
    @Ctx() context: RequestContext,
    @Arg("document", () => String, { description: "The document as JSON text, also one that cannot be read." })
    document: string,
    @Arg("type", () => PolicyDocumentTypeEnum, {
      nullable: true,
      defaultValue: "IDENTITY",
      description: "What the document is for, which decides the elements it must have.",
    })
    type: PolicyDocumentType | null | undefined,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<readonly FindingType[]> {
    checkLength("document", document, 0, MAX_DOCUMENT);
    const snapshot = await pinnedSnapshot(context, at);
    const findings = await driveInTurns(context, lintInSteps(snapshot.catalog, document, type ?? "IDENTITY"));
    return findings.map((finding) => new FindingType(snapshot, finding));
  }
}
