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
  EscalationPathsOfRowResolver,
  EscalationPathsResolver,
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
  readonly resolvers: readonly ResolverClass[];
}

/** Everything that can be asked. A new question is one folder and one entry here. */
export const QUESTIONS: readonly Question[] = [
  {
    examples: {
      can: ["WhyCanThisRoleNot", "UnderWhichConditions", "WhatIfAPolicyChanged"],
      canMany: ["ManyQuestionsAtOnce"],
    },
    resolvers: [CanResolver, DecisionResolver, TraceEntryResolver],
  },
  {
    examples: { whoCan: ["WhoCanDeleteSecurityGroup", "WhoGetsThereByRoles", "WithoutARole"] },
    resolvers: [WhoCanResolver],
  },
  {
    examples: {},
    resolvers: [RoleAssumersResolver, AssumableRolesResolver, AccessPathsResolver, ServicePrincipalResolver],
  },
  { examples: {}, resolvers: [PermissionsResolver, PrincipalResolver] },
  {
    examples: { escalations: ["WhoBecomesAdministrator"] },
    resolvers: [EscalationsResolver, EscalationPathsResolver, EscalationPathsOfRowResolver],
  },
  { examples: {}, resolvers: [ResourcesResolver, GuardiansResolver, RoleDeletionResolver, DeletionImpactResolver] },
  { examples: { requirements: ["WhatMustBeGranted"] }, resolvers: [RequirementsResolver] },
  {
    examples: {
      service: ["ActionsOfAService"],
      services: ["ServicesAndTheirRoles", "WhatDependsOnWhat"],
    },
    resolvers: [ServiceResolver, ServiceLinksResolver, ServiceLinkResolver, ServiceDependencyResolver],
  },
  {
    examples: { action: ["ActionInFull"], actions: ["PatternExpansion"] },
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
    resolvers: [RoleResolver],
  },
  {
    examples: { policy: ["PolicyInFull"], policies: ["PoliciesThatGrantAnAction"] },
    resolvers: [PolicyResolver, PolicyFieldsResolver, PolicyStatementResolver, PolicyAttachmentResolver],
  },
  {
    examples: { user: ["UserInFull"], users: ["PeopleOfAllAccounts", "WhatIsWrongWithPeople"] },
    resolvers: [UserResolver],
  },
  { examples: { group: ["GroupInFull"], groups: ["PeopleOfAllAccounts"] }, resolvers: [GroupResolver] },
  { examples: { accounts: ["PeopleOfAllAccounts"] }, resolvers: [AccountResolver] },
  { examples: { node: ["ObjectsAgain"], nodes: ["ObjectsAgain"], byArn: ["RoleByArn"] }, resolvers: [NodeResolver] },
  { examples: { explainDenial: ["ExplainADenial"] }, resolvers: [DenialResolver] },
  { examples: { lint: ["LintADocument", "LintATrustPolicy"] }, resolvers: [LintResolver] },
  { examples: { compare: ["WhoGainedDeleteRights", "WhatDiffersBetweenTwo"] }, resolvers: [CompareResolver] },
  { examples: { search: ["SearchAnything"] }, resolvers: [SearchResolver] },
  {
    examples: {
      snapshot: ["SnapshotAndSources"],
      snapshots: ["WhatWasImportedWhen"],
      viewer: ["SnapshotAndSources"],
    },
    resolvers: [SnapshotResolver, SnapshotsResolver, FindingResolver],
  },
];
