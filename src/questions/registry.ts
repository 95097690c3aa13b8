import { DecisionResolver, TraceEntryResolver } from "./access/decision.resolver.js";
import { AccountResolver } from "./account/account.resolver.js";
import { ActionResolver } from "./action/action.resolver.js";
import {
  ConditionKeyActionsResolver,
  PolicyStatementActionsResolver,
  ResourceTypeActionsResolver,
  ServiceActionsResolver,
  ServiceDependencyActionsResolver,
} from "./action/action-lists.resolver.js";
import {
  ApiOperationResolver,
  ConditionKeyResolver,
  ResourceTypeResolver,
} from "./action/catalog-relations.resolver.js";
import {
  AccessPathsResolver,
  AssumableRolesResolver,
  RoleAssumersResolver,
  ServicePrincipalResolver,
} from "./assume/assume.resolver.js";
import { CanResolver } from "./can/can.resolver.js";
import { CompareResolver } from "./compare/compare.resolver.js";
import { DeletionImpactResolver, RoleDeletionResolver } from "./deletion/deletion.resolver.js";
import { DenialResolver } from "./denial/denial.resolver.js";
import {
  EscalationPathResolver,
  EscalationPathsOfRowResolver,
  EscalationPathsResolver,
  EscalationStepResolver,
  EscalationsResolver,
} from "./escalation/escalation.resolver.js";
import { GroupResolver } from "./group/group.resolver.js";
import { GuardiansResolver } from "./guardians/guardians.resolver.js";
import { LintResolver } from "./lint/lint.resolver.js";
import { NodeResolver } from "./node/node.resolver.js";
import { PermissionsResolver } from "./permissions/permissions.resolver.js";
import { PolicyResolver } from "./policy/policy.resolver.js";
import { PolicyFieldsResolver } from "./policy/policy-fields.resolver.js";
import { PolicyAttachmentResolver, PolicyStatementResolver } from "./policy/policy-parts.resolver.js";
import { PrincipalResolver } from "./principal/principal.resolver.js";
import { RequirementsResolver } from "./requirements/requirements.resolver.js";
import { ResourcesResolver } from "./resources/resources.resolver.js";
import { RoleResolver } from "./role/role.resolver.js";
import { SearchResolver } from "./search/search.resolver.js";
import { ServiceResolver } from "./service/service.resolver.js";
import {
  ServiceDependencyResolver,
  ServiceLinkResolver,
  ServiceLinksResolver,
} from "./service/service-links.resolver.js";
import { FindingResolver, SnapshotResolver } from "./snapshot/snapshot.resolver.js";
import { SnapshotsResolver } from "./snapshot/snapshots.resolver.js";
import { UserResolver } from "./user/user.resolver.js";
import { WhoCanResolver } from "./who-can/who-can.resolver.js";

/** The resolver classes of a question. */
export type ResolverClass = new () => object;

/** One question, or one kind of entity, as the API offers it. */
export interface Question {
  /**
   * Root fields, each with the operations of schema/operations that exercise it, by name. Empty where the resolvers only
   * add fields to types.
   */
  readonly examples: Readonly<Record<string, readonly string[]>>;
  /**
   * What its fields cost beside the rows that they return, by `Type.field`: root fields, and whatever is worked out rather than
   * looked up. One is about the work of one row, 25 microseconds.
   */
  readonly costs: Readonly<Record<string, number>>;
  readonly resolvers: readonly ResolverClass[];
}

/** Everything that can be asked. A new question is one folder and one entry here. */
export const QUESTIONS: readonly Question[] = [
  {
    examples: {
      can: ["WhyCanThisRoleNot", "UnderWhichConditions", "WhatIfAPolicyChanged"],
      canMany: ["ManyQuestionsAtOnce"],
    },
    costs: {
      "Query.can": 1,
      "Query.canMany": 1,
      "Decision.condition": 2,
      "Decision.sentence": 2,
      "Decision.warnings": 2,
      "Decision.decidedBy": 2,
      "Decision.trace": 5,
      "Decision.nearMisses": 5,
      "Decision.prerequisites": 5,
    },
    resolvers: [CanResolver, DecisionResolver, TraceEntryResolver],
  },
  {
    examples: { whoCan: ["WhoCanDeleteSecurityGroup", "WhoGetsThereByRoles", "WithoutARole"] },
    costs: { "Query.whoCan": 100 },
    resolvers: [WhoCanResolver],
  },
  {
    examples: {},
    costs: { "Role.assumableBy": 100, "Principal.assumableRoles": 100, "PrincipalAccessEdge.paths": 10 },
    resolvers: [RoleAssumersResolver, AssumableRolesResolver, AccessPathsResolver, ServicePrincipalResolver],
  },
  {
    examples: {},
    costs: { "Principal.permissions": 100, "Principal.permissionSummary": 100, "Principal.findings": 1 },
    resolvers: [PermissionsResolver, PrincipalResolver],
  },
  {
    examples: { escalations: ["WhoBecomesAdministrator"] },
    costs: {
      "Query.escalations": 2_000,
      "Principal.escalationPaths": 200,
      "Escalation.verdict": 10,
      "Escalation.paths": 10,
      "EscalationStep.decisions": 2,
      "EscalationPath.outcome": 5,
    },
    resolvers: [
      EscalationsResolver,
      EscalationPathsResolver,
      EscalationPathsOfRowResolver,
      EscalationStepResolver,
      EscalationPathResolver,
    ],
  },
  {
    examples: {},
    costs: {
      "Principal.resources": 100,
      "Decision.guardians": 200,
      "Role.deletionImpact": 10,
      "DeletionImpact.verdict": 10,
      "DeletionImpact.lostAccess": 200,
      "DeletionImpact.stranded": 1_000,
      "DeletionImpact.whoCanDelete": 200,
    },
    resolvers: [ResourcesResolver, GuardiansResolver, RoleDeletionResolver, DeletionImpactResolver],
  },
  {
    examples: { requirements: ["WhatMustBeGranted"] },
    costs: { "Query.requirements": 10, "RequirementSet.minimalPolicy": 50, "RequirementSet.checkedFor": 10 },
    resolvers: [RequirementsResolver],
  },
  {
    examples: {
      service: ["ActionsOfAService"],
      services: ["ServicesAndTheirRoles", "WhatDependsOnWhat"],
    },
    costs: {
      "Query.service": 1,
      "Query.services": 5,
      "Service.systemPolicies": 1,
      "Service.serviceLinkedRoles": 1,
    },
    resolvers: [ServiceResolver, ServiceLinksResolver, ServiceLinkResolver, ServiceDependencyResolver],
  },
  {
    examples: { action: ["ActionInFull"], actions: ["PatternExpansion"] },
    costs: {
      "Query.action": 1,
      "Query.actions": 10,
      "Action.grantedBy": 5,
      "Service.actions": 1,
      "ResourceType.actions": 1,
      "ConditionKey.actions": 1,
    },
    resolvers: [
      ActionResolver,
      ServiceActionsResolver,
      ResourceTypeActionsResolver,
      ConditionKeyActionsResolver,
      PolicyStatementActionsResolver,
      ServiceDependencyActionsResolver,
      ApiOperationResolver,
      ResourceTypeResolver,
      ConditionKeyResolver,
    ],
  },
  {
    examples: { role: ["RoleInFull", "WhatCanThisRoleDo"], roles: ["RolesThatCarryAPolicy"] },
    costs: { "Query.role": 1, "Query.roles": 10 },
    resolvers: [RoleResolver],
  },
  {
    examples: { policy: ["PolicyInFull"], policies: ["PoliciesThatGrantAnAction"] },
    costs: { "Query.policy": 1, "Query.policies": 10, "Policy.findings": 1 },
    resolvers: [PolicyResolver, PolicyFieldsResolver, PolicyStatementResolver, PolicyAttachmentResolver],
  },
  {
    examples: { user: ["UserInFull"], users: ["PeopleOfAllAccounts", "WhatIsWrongWithPeople"] },
    costs: { "Query.user": 1, "Query.users": 10 },
    resolvers: [UserResolver],
  },
  {
    examples: { group: ["GroupInFull"], groups: ["PeopleOfAllAccounts"] },
    costs: { "Query.group": 1, "Query.groups": 10 },
    resolvers: [GroupResolver],
  },
  { examples: { accounts: ["PeopleOfAllAccounts"] }, costs: { "Query.accounts": 1 }, resolvers: [AccountResolver] },
  {
    examples: { node: ["ObjectsAgain"], nodes: ["ObjectsAgain"], byArn: ["RoleByArn"] },
    costs: { "Query.node": 1, "Query.nodes": 1, "Query.byArn": 1 },
    resolvers: [NodeResolver],
  },
  {
    examples: { explainDenial: ["ExplainADenial"] },
    costs: { "Query.explainDenial": 50 },
    resolvers: [DenialResolver],
  },
  {
    examples: { lint: ["LintADocument", "LintATrustPolicy"] },
    costs: { "Query.lint": 100 },
    resolvers: [LintResolver],
  },
  {
    examples: { compare: ["WhoGainedDeleteRights", "WhatDiffersBetweenTwo"] },
    costs: { "Query.compare": 2_000 },
    resolvers: [CompareResolver],
  },
  { examples: { search: ["SearchAnything"] }, costs: { "Query.search": 100 }, resolvers: [SearchResolver] },
  {
    examples: {
      snapshot: ["SnapshotAndSources"],
      snapshots: ["WhatWasImportedWhen"],
      viewer: ["SnapshotAndSources"],
    },
    costs: {
      "Query.snapshot": 1,
      "Query.snapshots": 20,
      "Query.viewer": 0,
      "Snapshot.coverage": 20,
      "Snapshot.findings": 1,
      "Snapshot.importRun": 20,
      "Snapshot.sources": 20,
      "Snapshot.trouble": 0,
    },
    resolvers: [SnapshotResolver, SnapshotsResolver, FindingResolver],
  },
];
