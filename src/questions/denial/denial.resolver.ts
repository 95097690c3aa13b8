import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { At } from "../../graphql/at-argument.js";
import { checkLength } from "../../graphql/errors.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import type { RequestContext } from "../../graphql/request-context.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { takenValue } from "../../graphql/taken-value.js";
import { DenialExplanationType } from "./denial.type.js";
import { explainDenial } from "./explain-denial.js";
import { readDenial } from "./read-denial.js";

/** Longest message that is read, in characters. */
const MAX_MESSAGE = 65_536;

@Resolver()
export class DenialResolver {
  @Query(() => DenialExplanationType, {
    description:
      "Holds a denial that the cloud gave beside our own answer: paste what `ram DecodeDiagnosticMessage` returned.",
  })
  async explainDenial(
    @Ctx() context: RequestContext,
    @Arg("message", () => String, {
      description: "Response of DecodeDiagnosticMessage as JSON text, whole or its inner object.",
    })
    message: string,
    @Arg("sessionPolicy", () => String, {
      nullable: true,
      description: "Policy that the role's session was narrowed with, as JSON text; the message does not hold it.",
    })
    sessionPolicy: string | null | undefined,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<DenialExplanationType> {
    checkLength("message", message, 1, MAX_MESSAGE);
    const denial = takenValue(readDenial(message, "message"));
    const snapshot = await pinnedSnapshot(context, at);
    return new DenialExplanationType(
      takenValue(explainDenial(snapshot, denial, sessionPolicy ?? undefined, "message")),
    );
  }
}
