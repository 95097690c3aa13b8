import { createUnionType } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { ActionType } from "../../graphql/action.type.js";
import { ApiOperationType } from "../../graphql/api-operation.type.js";
import { connectionType } from "../../graphql/connection.js";
import { enumType } from "../../graphql/enum-type.js";
import { GroupType } from "../../graphql/group.type.js";
import type { NodeType } from "../../graphql/node.type.js";
import { PolicyType } from "../../graphql/policy.type.js";
import { RoleType } from "../../graphql/role.type.js";
import { ServiceType } from "../../graphql/service.type.js";
import { UserType } from "../../graphql/user.type.js";
import type { SearchHit, SearchType } from "./search.js";

export const SearchTypeEnum = enumType<SearchType>("SearchType", "What to search among.", {
  SERVICE: "Services, by code and by name.",
  ACTION: "Actions, by `service:Name`.",
  OPERATION: "API operations, by name.",
  ROLE: "Roles of the documentation and of every account, by name.",
  USER: "Users, by name.",
  GROUP: "Groups, by name.",
  POLICY: "Policies, by name.",
});

const SearchResult = createUnionType({
  name: "SearchResult",
  description: "What a search finds.",
  types: () => [ServiceType, ActionType, ApiOperationType, RoleType, UserType, GroupType, PolicyType] as const,
});

export const SearchResultConnection = connectionType("SearchResult", () => SearchResult);

/** The object behind a hit. */
export function hitNode(snapshot: Snapshot, hit: SearchHit): NodeType {
  switch (hit.type) {
    case "SERVICE":
      return new ServiceType(snapshot, hit.row);
    case "ACTION":
      return new ActionType(snapshot, hit.row);
    case "OPERATION":
      return new ApiOperationType(snapshot, hit.row);
    case "ROLE":
      return new RoleType(snapshot, hit.row);
    case "USER":
      return new UserType(snapshot, hit.row);
    case "GROUP":
      return new GroupType(snapshot, hit.row);
    case "POLICY":
      return new PolicyType(snapshot, hit.row);
  }
}
