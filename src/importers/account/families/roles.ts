import {
  type Row,
  readCount,
  readFlag,
  readList,
  readName,
  readObject,
  readOptionalName,
  readText,
  whereOf,
} from "../row.js";
import type { Said } from "../said.js";

/** `ram.ListRoles` and `resourcemanager.ListRoles`; only the latter tells which roles are service-linked. */
export function readRoles(response: Row): readonly Said[] {
  return readList(response, "Roles", "Role").map(readRole);
}

/** `ram.GetRole` and `resourcemanager.GetRole`, which bring the trust policy. */
export function readOneRole(response: Row): readonly Said[] {
  return [readRole(readObject(response, "Role"))];
}

function readRole(row: Row): Said {
  return {
    kind: "role",
    name: readName(row, "RoleName"),
    arn: readText(row, "Arn"),
    roleId: readOptionalName(row, "RoleId"),
    description: readText(row, "Description"),
    trustPolicy: readText(row, "AssumeRolePolicyDocument"),
    maxSessionDuration: readCount(row, "MaxSessionDuration"),
    isServiceLinked: readFlag(row, "IsServiceLinkedRole"),
    where: whereOf(row),
  };
}
