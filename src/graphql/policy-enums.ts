import type { PolicyType } from "../inventory/policy.js";
import type { PolicyDocumentType } from "../policy/document.js";
import { enumType } from "./enum-type.js";

export const PolicyTypeEnum = enumType<PolicyType>("PolicyType", "Who keeps a policy and where it applies.", {
  SYSTEM: "Kept by the cloud, the same in every account.",
  CUSTOM: "Written by the customer, belongs to one account.",
  SERVICE_LINKED: "Kept by a cloud service for its own role; cannot be attached to anybody else.",
  CONTROL: "Set by a resource directory as an upper bound for its member accounts.",
});

export const PolicyDocumentTypeEnum = enumType<PolicyDocumentType>(
  "PolicyDocumentType",
  "What a policy document is for; it decides which elements its statements must and must not have.",
  {
    IDENTITY: "What users, groups and roles may do.",
    TRUST: "Who may assume a role.",
    CONTROL: "The upper bound that a resource directory sets for its members.",
    SESSION: "The upper bound given when a role is assumed.",
    RESOURCE: "Who may do what to the resource that carries it, such as a bucket.",
  },
);

export const EffectEnum = enumType<"ALLOW" | "DENY">("Effect", "What a statement does where it applies.", {
  ALLOW: "Grants the access.",
  DENY: "Forbids the access, whatever else grants it.",
});

export const AttachmentScopeEnum = enumType<"ACCOUNT" | "RESOURCE_GROUP">(
  "AttachmentScope",
  "Where an attached policy applies.",
  {
    ACCOUNT: "On all resources of the account.",
    RESOURCE_GROUP: "Only on resources of one resource group, or at a scope that is not understood.",
  },
);
