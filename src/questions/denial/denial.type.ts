import { Field, ObjectType } from "type-graphql";
import { enumType } from "../../graphql/enum-type.js";
import { FindingType } from "../../graphql/finding.type.js";
import type { PolicyLayer } from "../../policy/grant.js";
import { PolicyLayerEnum } from "../access/access-enums.type.js";
import { DecisionType } from "../access/decision.type.js";
import type { LayerComparison, LayerOutcome } from "./compare-layers.js";
import type { Agreement } from "./denial.js";
import { denialSentence } from "./denial-sentence.js";
import type { ExplainedDenial } from "./explain-denial.js";

const AgreementEnum = enumType<Agreement>("DenialAgreement", "Whether our answer is that of the cloud.", {
  AGREES: "The same no, by the same layer.",
  DIFFERS: "A yes, or a no by another layer or of another kind.",
  OPEN: "Ours hangs on context that nobody gave, or on a fact that is missing.",
});

const LayerOutcomeEnum = enumType<LayerOutcome>("LayerOutcome", "What one layer of policies said to a request.", {
  PASSES: "It let the request pass.",
  SILENT: "No Allow of it applies.",
  DENIES: "A Deny of it applies.",
  OPEN: "It hangs on context that nobody gave.",
  UNKNOWN: "A fact that could matter is missing or unreadable.",
  ABSENT: "It holds no policies that take part.",
  NOT_TOLD: "The message does not say.",
});

@ObjectType("DenialLayer", {
  simpleResolvers: true,
  description: "One layer, as the cloud reported it and as we see it.",
})
export class DenialLayerType {
  constructor(private readonly row: LayerComparison) {}

  @Field(() => PolicyLayerEnum, { description: "The layer." })
  get layer(): PolicyLayer {
    return this.row.layer;
  }

  @Field(() => LayerOutcomeEnum, { description: "What the cloud's message says of it." })
  get theirs(): LayerOutcome {
    return this.row.theirs;
  }

  @Field(() => LayerOutcomeEnum, { description: "What it says by the facts that were imported." })
  get ours(): LayerOutcome {
    return this.row.ours;
  }

  @Field(() => Boolean, { nullable: true, description: "Whether both say the same; null where one leaves it open." })
  get agrees(): boolean | undefined {
    return this.row.agrees;
  }
}

@ObjectType("DenialExplanation", {
  simpleResolvers: true,
  description: "A denial of the cloud beside our own answer to the same request.",
})
export class DenialExplanationType {
  constructor(private readonly explained: ExplainedDenial) {}

  @Field(() => DecisionType, { description: "Our own answer to the request that the cloud denied." })
  get decision(): DecisionType {
    return new DecisionType(this.explained.decision);
  }

  @Field(() => AgreementEnum, { description: "Whether it is that of the cloud." })
  get agreement(): Agreement {
    return this.explained.agreement;
  }

  @Field(() => [DenialLayerType], { description: "Layer by layer, in the order in which RAM weighs them." })
  get layers(): readonly DenialLayerType[] {
    return this.explained.layers.map((row) => new DenialLayerType(row));
  }

  @Field(() => [FindingType], {
    description: "Why the two may differ: unknown facts, another version, missing context, another time.",
  })
  get reasons(): readonly FindingType[] {
    const { snapshot } = this.explained.decision;
    return this.explained.reasons.map(({ finding, subject }) => new FindingType(snapshot, finding, subject));
  }

  @Field(() => String, { description: "Both answers in plain sentences." })
  get sentence(): string {
    return denialSentence(this.explained);
  }
}
