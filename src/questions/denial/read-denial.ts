import type { PolicyLayer } from "../../policy/grant.js";
import type { JsonNode } from "../../policy/json/json-node.js";
import { parseJson } from "../../policy/json/parse-json.js";
import { refuse, type Taken } from "../access/access-question.js";
import type { Denial, MatchedPolicy } from "./denial.js";
import { findMember, itemsOf, textOf } from "./response-members.js";

/**
 * Reads the response of DecodeDiagnosticMessage: whole or its inner object, as the wire has it (PascalCase) or an SDK
 * (camelCase). An error response, or the encoded text in it, is refused with what to call.
 *
 * @param argument the argument that holds the text, for refusals
 */
export function readDenial(text: string, argument: string): Taken<Denial> {
  if (/^[A-Za-z0-9+/_=-]{32,}\**$/.test(text.trim())) return refuse(argument, howToDecode(text.trim()));
  const { node, problems } = parseJson(text);
  if (node === undefined) {
    const problem = problems.at(-1)?.message ?? "it is empty";
    return refuse(argument, `no JSON (${problem}); paste the response of \`ram DecodeDiagnosticMessage\``);
  }
  const decoded = findMember(node, "DecodedDiagnosticMessage") ?? node;
  const [action, resource] = [textOf(decoded, "AuthAction"), textOf(decoded, "AuthResource")];
  const principal = findMember(decoded, "AuthPrincipal");
  if (action !== undefined && resource !== undefined && principal !== undefined) {
    return { value: denialOf(decoded, action, resource, principal) };
  }
  const encoded = findMember(node, "EncodedDiagnosticMessage");
  if (encoded?.type === "string") return refuse(argument, howToDecode(encoded.value));
  const missing = Object.entries({ AuthAction: action, AuthResource: resource, AuthPrincipal: principal })
    .filter(([, value]) => value === undefined)
    .map(([name]) => `\`${name}\``);
  return refuse(argument, `${missing.join(", ")} missing; paste the response of \`ram DecodeDiagnosticMessage\``);
}

function howToDecode(encoded: string): string {
  const shown = encoded.length > 24 ? `${encoded.slice(0, 24)}…` : encoded;
  return `\`${shown}\` is still encoded; call \`aliyun ram DecodeDiagnosticMessage --EncodedDiagnosticMessage <text>\` as somebody who may do ram:DecodeDiagnosticMessage, and paste what comes back`;
}

function denialOf(decoded: JsonNode, action: string, resource: string, principal: JsonNode): Denial {
  const layer = layerOf(textOf(decoded, "NoPermissionPolicyType") ?? "");
  return {
    action,
    resource,
    principal: {
      type: textOf(principal, "AuthPrincipalType") ?? "",
      accountId: textOf(principal, "AuthPrincipalOwnerId") ?? "",
      displayName: textOf(principal, "AuthPrincipalDisplayName") ?? "",
    },
    conditions: itemsOf(decoded, "AuthConditions").map((each) => ({
      key: textOf(each, "ConditionKey") ?? "",
      values: itemsOf(each, "ConditionValues").flatMap((value) => (value.type === "string" ? [value.value] : [])),
    })),
    isExplicit: textOf(decoded, "ExplicitDeny") === "true",
    ...(layer !== undefined && { layer }),
    matched: itemsOf(decoded, "MatchedPolicies").map(matchedPolicy),
  };
}

function matchedPolicy(node: JsonNode): MatchedPolicy {
  const version = textOf(node, "PolicyVersion");
  return {
    identifier: textOf(node, "PolicyIdentifier") ?? "",
    type: textOf(node, "PolicyType") ?? "",
    effect: textOf(node, "Effect") ?? "",
    attachedTo: textOf(node, "AttachedEntityType") ?? "",
    ...(version !== undefined && version !== "" && { version }),
  };
}

/** Responses were seen to spell it `…IdentityBassdPolicy`. */
function layerOf(text: string): PolicyLayer | undefined {
  return LAYERS.get(text.replace("Bassd", "Based"));
}

const LAYERS: ReadonlyMap<string, PolicyLayer> = new Map([
  ["ControlPolicy", "CONTROL_POLICY"],
  ["SessionPolicy", "SESSION_POLICY"],
  ["AssumeRolePolicy", "ASSUME_ROLE_POLICY"],
  ["AccountLevelIdentityBasedPolicy", "ACCOUNT_LEVEL_IDENTITY_POLICY"],
  ["ResourceGroupLevelIdentityBasedPolicy", "RESOURCE_GROUP_LEVEL_IDENTITY_POLICY"],
  ["ResourceBasedPolicy", "RESOURCE_POLICY"],
]);
