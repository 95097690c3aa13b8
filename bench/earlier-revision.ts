import pg from "pg";
import { attachmentEdit } from "./world-edits.js";

/**
 * Takes one attachment away and puts it back.
 * @returns the revision between the two, which a server that starts after it reads by itself and shares nothing with
 */
export async function earlierRevision(url: string): Promise<string> {
  const changer = new pg.Client({ connectionString: url });
  await changer.connect();
  try {
    const { change, back } = await attachmentEdit(changer, 0);
    await changer.query(change);
    const { rows } = await changer.query<{ revision: string }>(
      "select max(revision)::text as revision from revision_log",
    );
    await changer.query(back);
    const [newest] = rows;
    if (newest === undefined) throw new Error("the world has no revision");
    return newest.revision;
  } finally {
    await changer.end();
  }
}
