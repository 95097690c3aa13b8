import type pg from "pg";
import { ACCOUNT } from "./world.js";

/** A statement of SQL that changes one fact, and one that changes it back. */
export interface Edit {
  readonly change: pg.QueryConfig;
  readonly back: pg.QueryConfig;
}

const DENY_ALL = '{"Version":"1","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}';

/** Takes away one attachment of a user. */
export async function attachmentEdit(client: pg.Client, offset: number): Promise<Edit> {
  const { rows } = await client.query<Readonly<Record<string, string | null>>>(
    `select policy_id, principal_id, resource_group_id, attached_at::text from attachment
     where principal_id like 'user:${ACCOUNT}:%' order by principal_id, policy_id limit 1 offset $1`,
    [offset],
  );
  const { policy_id, principal_id, resource_group_id, attached_at } = rows[0] ?? {};
  const key = [policy_id, principal_id, resource_group_id];
  return {
    change: {
      text: "delete from attachment where policy_id = $1 and principal_id = $2 and resource_group_id = $3",
      values: key,
    },
    back: {
      text: "insert into attachment (policy_id, principal_id, resource_group_id, attached_at) values ($1, $2, $3, $4)",
      values: [...key, attached_at],
    },
  };
}

/** Makes a policy deny everything. */
export async function documentEdit(client: pg.Client, offset: number): Promise<Edit> {
  const { rows } = await client.query<{ policy_id: string; document_text: string }>(
    `select policy_id, document_text from policy_version where is_default and policy_id like 'policy:CUSTOM:${ACCOUNT}:%'
     order by policy_id limit 1 offset $1`,
    [offset],
  );
  const { policy_id, document_text } = rows[0] ?? {};
  const text = "update policy_version set document_text = $2 where is_default and policy_id = $1";
  return { change: { text, values: [policy_id, DENY_ALL] }, back: { text, values: [policy_id, document_text] } };
}
