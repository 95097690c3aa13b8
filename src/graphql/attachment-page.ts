import type { Parts } from "../grants/derived-map.js";
import type { Snapshot } from "../grants/snapshot.js";
import type { Attachment } from "../inventory/attachment.js";
import type { Connection } from "./connection.js";
import type { ListRequest } from "./list-request.js";
import type { PageArgs } from "./page-args.js";
import { paginate } from "./paging.js";
import { PolicyAttachmentType } from "./policy-attachment.type.js";
import type { RequestContext } from "./request-context.js";
import { type OrLater, workInTurn } from "./take-turn.js";

/** What is asked for of somebody's attachments. */
interface Asked {
  readonly context: RequestContext;
  readonly snapshot: Snapshot;
  readonly page: PageArgs;
  readonly list: ListRequest;
}

/**
 * A page of attachments, looked up within the operation's turn. Only the rows of the page are made: one principal or policy may have
 * a hundred thousand.
 * @throws GraphQLError see `paginate` and `workInTurn`
 */
export function attachmentPage(
  { context, snapshot, page, list }: Asked,
  lookUp: () => Parts<readonly Attachment[]>,
): OrLater<Connection<PolicyAttachmentType>> {
  return workInTurn(context, () =>
    paginate({
      page,
      list,
      revision: snapshot.revision,
      items: lookUp(),
      toNode: (row) => new PolicyAttachmentType(snapshot, row),
    }),
  );
}
