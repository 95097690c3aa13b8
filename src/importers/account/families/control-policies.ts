import { type Row, readInstant, readList, readName, readObject, readOptionalName, readText, whereOf } from "../row.js";
import type { Said, SaidControlPolicy } from "../said.js";

/** `resourcemanager.GetControlPolicy`, which brings the document. */
export function readOneControlPolicy(response: Row): readonly Said[] {
  return [readControlPolicy(readObject(response, "ControlPolicy"))];
}

/** `resourcemanager.ListControlPolicies`: the same fields without the document. */
export function readControlPolicies(response: Row): readonly Said[] {
  return readList(response, "ControlPolicies", "ControlPolicy").map(readControlPolicy);
}

/** `resourcemanager.ListControlPolicyAttachmentsForTarget.<target>`: what hangs on one folder or member account. */
export function readControlAttachments(response: Row, [target = ""]: readonly string[]): readonly Said[] {
  return readList(response, "ControlPolicyAttachments", "ControlPolicyAttachment").flatMap((row) => {
    const policy = readControlPolicy(row);
    const { id: policyId, effectScope, where } = policy;
    return [policy, { kind: "controlAttachment", policyId, target, effectScope, where }];
  });
}

function readControlPolicy(row: Row): SaidControlPolicy {
  return {
    kind: "controlPolicy",
    id: readName(row, "PolicyId"),
    name: readName(row, "PolicyName"),
    description: readText(row, "Description"),
    effectScope: readOptionalName(row, "EffectScope"),
    documentText: readText(row, "PolicyDocument"),
    updatedAt: readInstant(row, "UpdateDate") ?? readInstant(row, "CreateDate"),
    where: whereOf(row),
  };
}
