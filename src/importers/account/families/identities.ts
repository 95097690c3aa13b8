import { type Row, readList, readName, readOptionalName, whereOf } from "../row.js";
import type { Said } from "../said.js";

/** `ram.ListUsers`. */
export function readUsers(response: Row): readonly Said[] {
  return readList(response, "Users", "User").map((row) => ({
    kind: "user",
    name: readName(row, "UserName"),
    userId: readOptionalName(row, "UserId"),
    where: whereOf(row),
  }));
}

/** `ram.ListGroups`. */
export function readGroups(response: Row): readonly Said[] {
  return readList(response, "Groups", "Group").map((row) => ({
    kind: "group",
    name: readName(row, "GroupName"),
    where: whereOf(row),
  }));
}

/** `ram.ListUsersForGroup.<group>`: the response does not repeat the group. */
export function readMembers(response: Row, [group = ""]: readonly string[]): readonly Said[] {
  return readList(response, "Users", "User").map((row) => ({
    kind: "member",
    group,
    user: readName(row, "UserName"),
    where: whereOf(row),
  }));
}
