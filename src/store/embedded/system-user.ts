import { readFileSync } from "node:fs";

/** Numbers of the system user that the database runs as. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Postgres refuses to run as root: root lends it the user `postgres`, or `nobody` where there is none.
 *
 * @returns `undefined` where the database runs as the present user.
 * @throws Error for root on a system with neither user.
 */
export function chooseSystemUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const found = users.find(([name]) => name === wanted);
    if (found !== undefined) return { uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Error(
    "Postgres does not run as root, and there is no user `postgres` or `nobody` to run it as; start ramgraph as an ordinary user or set DATABASE_URL",
  );
}
