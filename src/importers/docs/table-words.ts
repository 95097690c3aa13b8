import { asciiLower } from "../../policy/ascii.js";

/** What a column of a documentation table, or the label before a colon, can stand for. */
export type Column =
  | "role"
  | "policy"
  | "createdWhen"
  | "purpose"
  | "serviceName"
  | "prerequisites"
  | "service"
  | "permissions"
  | "description"
  | "action"
  | "operation"
  | "api"
  | "accessLevel"
  | "resourceType"
  | "conditionKey"
  | "dependentAction"
  | "arn"
  | "valueType";

/** The words that pages use, English and Chinese. A new spelling is one word here. */
const WORDS: Readonly<Record<Column, readonly string[]>> = {
  role: [
    "Role",
    "Role name",
    "Service-linked role",
    "Service-linked role name",
    "Service linked role",
    "角色",
    "角色名称",
    "服务关联角色",
    "服务关联角色名称",
  ],
  policy: [
    "Policy",
    "Access policy",
    "Attached policy",
    "Permission policy",
    "Policy name",
    "System policy",
    "Policy name of the role",
    "Permission policy attached to the role",
    "Name of the permission policy for the role",
    "权限策略",
    "权限策略名称",
    "角色权限策略",
    "角色权限策略名称",
    "系统策略",
    "关联的系统策略",
    "策略名称",
  ],
  createdWhen: [
    "Created when you",
    "Created when",
    "Auto-created when you",
    "Automatically created when",
    "创建时机",
    "创建场景",
  ],
  purpose: ["Purpose", "Scenario", "Scenarios", "Use case", "用途", "使用场景", "应用场景", "场景说明"],
  serviceName: ["Service name", "Service name value", "Code", "服务名称", "服务标识"],
  prerequisites: [
    "Delete these resources first",
    "Prerequisites for deletion",
    "Before you delete",
    "删除前需清理的资源",
    "角色删除SPI",
  ],
  service: ["Service", "Cloud service", "Alibaba Cloud service", "云服务"],
  permissions: ["Permissions", "Permission", "权限"],
  description: [
    "Description",
    "Permission description",
    "Policy description",
    "说明",
    "描述",
    "权限说明",
    "角色权限策略说明",
  ],
  action: ["Action", "Actions", "RAM Action", "RAM Actions", "Permission point", "操作", "权限点"],
  // The action itself in a table without an `Action` column, else the API operation that the action guards.
  operation: ["Operation", "Operations"],
  api: ["API", "APIs", "API operation", "API operations", "API name", "POP Action", "API 操作", "API 名称", "接口"],
  accessLevel: ["Access level", "访问级别"],
  resourceType: ["Resource type", "Resource types", "资源类型"],
  conditionKey: [
    "Condition key",
    "Condition keys",
    "Common condition key",
    "Condition key specific to an Alibaba Cloud service",
    "条件关键字",
    "条件键",
  ],
  dependentAction: [
    "Dependent action",
    "Dependent actions",
    "Associated operation",
    "Associated operations",
    "关联操作",
  ],
  arn: [
    "ARN",
    "ARNs",
    "ARN format",
    "Resource",
    "Resources",
    "Resource ARN",
    "Resource format",
    "Resource pattern",
    "Authorization rule",
    "Authorization rules",
    "Authentication rule",
    "Authentication rules",
    "ARN in the authorization policy",
    "Description method in authorization policy",
    "Resource description method in authorization policy",
    "资源",
    "资源 ARN",
    "ARN 格式",
    "资源格式",
    "资源描述",
    "鉴权规则",
    "授权规则",
    "授权策略中的资源描述方式",
  ],
  valueType: ["Data type", "Value type", "Type", "Category", "数据类型", "类型"],
};

const COLUMNS: ReadonlyMap<string, Column> = new Map(
  (Object.keys(WORDS) as Column[]).flatMap((column) => WORDS[column].map((word) => [folded(word), column] as const)),
);
const LONGEST_WORD = Math.max(...[...COLUMNS.keys()].map((word) => word.length));

const LONGEST_CELL = 200;

/** The column that a header cell or label names; dots and blanks around it do not count. */
export function columnNamed(cell: string): Column | undefined {
  if (cell.length > LONGEST_CELL) return undefined;
  return COLUMNS.get(folded(cell.trim().replace(/(?:\.{2,}|…)$/, "")));
}

/** Letter case does not count, nor do blanks beside Chinese signs, which pages set or leave off at will. */
function folded(word: string): string {
  return asciiLower(word)
    .replace(/\s+/g, " ")
    .replace(/(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])/g, "");
}

/**
 * The columns of a header whose cells were run together (`RoleAccess policyCreated when you`). Undefined unless known
 * words, each with a capital or a Chinese sign in front, make up the whole line: two at least.
 */
export function columnsGlued(line: string): Column[] | undefined {
  if (line.length > 200) return undefined;
  const columns = cutHeader(line.replace(/(?:\.{2,}|…)$/, ""), 0);
  return columns !== undefined && columns.length > 1 ? columns : undefined;
}

function cutHeader(line: string, from: number): Column[] | undefined {
  if (from === line.length) return [];
  if (from > 0 && /[a-z\s]/.test(line[from] ?? "")) return undefined;
  for (let end = Math.min(line.length, from + LONGEST_WORD + 3); end > from; end--) {
    const column = columnNamed(line.slice(from, end));
    if (column === undefined || line[end - 1] === " ") continue;
    const rest = cutHeader(line, end);
    if (rest !== undefined) return [column, ...rest];
  }
  return undefined;
}
