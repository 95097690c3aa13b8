import { mistyped, type Row, readName, readRows, readText, whereOf } from "../row.js";
import type { Said } from "../said.js";

const ARN_LIMIT = 512;
/** Keys and values have 128 characters at most. */
const TAG_LIMIT = 128;

/** `tag.ListTagResources`: the tags of the resources of one region. */
export function readTagResources(response: Row): readonly Said[] {
  return readRows(response, "TagResources").flatMap((row) => {
    const resource = readArn(row);
    return readRows(row, "Tags").map((tag) => ({
      kind: "tag" as const,
      ...resource,
      key: readName(tag, "Key", TAG_LIMIT),
      value: readText(tag, "Value", TAG_LIMIT) ?? "",
      where: whereOf(tag),
    }));
  });
}

/** The Tag API writes `arn:acs:…`, everything else `acs:…`. */
function readArn(row: Row): { readonly arn: string; readonly owner: string } {
  const text = readName(row, "ResourceARN", ARN_LIMIT);
  const parts = /^(?:arn:)?(acs:[^:]+:[^:]*:(\d*):.+)$/s.exec(text);
  if (parts === null) {
    throw mistyped(row, "ResourceARN", "an ARN such as `arn:acs:ecs:cn-hangzhou:1234567890123456:instance/i-1`");
  }
  return { arn: parts[1] ?? "", owner: parts[2] ?? "" };
}
