import {
  AccountEntity,
  GroupEntity,
  MembershipEntity,
  PrincipalEntity,
  RoleEntity,
  UserEntity,
} from "./account.entity.js";
import { ApiTokenEntity } from "./api-token.entity.js";
import { ControlAttachmentEntity, DirectoryEntity, DirectoryMemberEntity, FolderEntity } from "./directory.entity.js";
import { FindingEntity, GapEntity } from "./finding.entity.js";
import { ImportRunEntity } from "./import-run.entity.js";
import {
  OperationConditionKeyEntity,
  OperationDependentActionEntity,
  OperationEntity,
  OperationResourceEntity,
} from "./operation.entity.js";
import { AttachmentEntity, PolicyClaimEntity, PolicyEntity, PolicyVersionEntity } from "./policy.entity.js";
import {
  GroupedResourceEntity,
  GroupSupportEntity,
  ResourceGroupEntity,
  ResourcePolicyEntity,
  ResourceTagEntity,
} from "./resource.entity.js";
import { ActionEntity, ConditionKeyEntity, ResourceTypeEntity, ServiceEntity } from "./service.entity.js";
import { ServiceDependencyEntity, ServiceLinkEntity } from "./service-link.entity.js";
import { SourceContentEntity, SourceEntity, SourceOriginalEntity } from "./source.entity.js";

/** Every table that TypeORM knows; history tables and the revision counter are the triggers' own. */
export const ENTITIES = [
  SourceEntity,
  SourceContentEntity,
  SourceOriginalEntity,
  ImportRunEntity,
  ApiTokenEntity,
  ServiceEntity,
  ActionEntity,
  ResourceTypeEntity,
  ConditionKeyEntity,
  OperationEntity,
  OperationResourceEntity,
  OperationConditionKeyEntity,
  OperationDependentActionEntity,
  AccountEntity,
  PrincipalEntity,
  UserEntity,
  GroupEntity,
  MembershipEntity,
  RoleEntity,
  ServiceLinkEntity,
  ServiceDependencyEntity,
  PolicyEntity,
  PolicyVersionEntity,
  AttachmentEntity,
  PolicyClaimEntity,
  DirectoryEntity,
  FolderEntity,
  DirectoryMemberEntity,
  ControlAttachmentEntity,
  ResourceGroupEntity,
  GroupedResourceEntity,
  GroupSupportEntity,
  ResourceTagEntity,
  ResourcePolicyEntity,
  FindingEntity,
  GapEntity,
];
