import type { AccountView } from "./account-view.js";
import type { Attachment } from "./attachment.js";
import type { Changed, InventoryChange } from "./inventory-change.js";
import { accountOfPrincipal } from "./keys.js";
import { directoriesSeen, resourcesSeen } from "./see-lists.js";

/**
 * A change as somebody sees it who may see some accounts only. What became of the cloud's own policies is left out: which text holds is
 * chosen among the sources that are seen.
 *
 * @param change resources only together with accounts
 */
export function seeChange(change: InventoryChange, view: AccountView): InventoryChange {
  const { users, groups, roles, memberships, policies, attachments, sources, accounts, directory, resources } = change;
  const isOwn = ({ accountId }: { readonly accountId: string }) => view.isSeen(accountId);
  const isAttached = ({ principal }: Attachment) => view.isSeen(accountOfPrincipal(principal));
  return {
    ...change,
    ...(users === undefined ? {} : { users: only(users, isOwn) }),
    ...(groups === undefined ? {} : { groups: only(groups, isOwn) }),
    ...(roles === undefined ? {} : { roles: only(roles, isOwn) }),
    ...(memberships === undefined ? {} : { memberships: only(memberships, isOwn) }),
    ...(attachments === undefined ? {} : { attachments: only(attachments, isAttached) }),
    ...(policies === undefined
      ? {}
      : { policies: only(policies, ({ accountId }) => accountId !== undefined && view.isSeen(accountId)) }),
    ...(sources === undefined ? {} : { sources: only(sources, ({ key }) => view.isSourceSeen(key)) }),
    ...(accounts === undefined ? {} : { accounts: accounts.filter(({ id }) => view.isSeen(id)) }),
    ...(directory === undefined ? {} : { directory: directoriesSeen(directory, view) }),
    ...(resources === undefined ? {} : { resources: resourcesSeen(resources, accounts ?? [], view) }),
  };
}

function only<T>({ put = [], gone = [] }: Changed<T>, isSeen: (row: T) => boolean): Changed<T> {
  return { put: put.filter(isSeen), gone: gone.filter(isSeen) };
}
