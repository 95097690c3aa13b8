/** Names in the browsing world. */
export const ALICE = "acs:ram::111:user/Alice";
export const BOB = "acs:ram::111:user/bob";
export const OPERATORS = "acs:ram::111:group/Operators";
export const DEPLOY = "acs:ram::111:role/Deploy";
export const KEEPER = "acs:ram::111:policy/Keeper";
export const EVERYTHING = "acs:ram::system:policy/Everything";

/** Asks `can` under supposed changes. */
export const CAN = `query ($who: ID!, $action: String!, $changes: [ChangeInput!]) {
  can(request: { principal: $who, actions: { name: $action }, resource: { unscoped: true } }, at: { changes: $changes }) {
    verdict warnings { code message }
  }
}`;

export const put = (name: string, text: string) => ({ putPolicy: { name, accountId: "111", document: text } });
export const attach = (policy: string, principal: string) => ({ attachPolicy: { policy, principal } });
export const detach = (policy: string, principal: string) => ({ detachPolicy: { policy, principal } });
