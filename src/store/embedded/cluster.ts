import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { chmod, chown, open } from "node:fs/promises";
import { join } from "node:path";
import { findNative } from "./find-native.js";
import { chooseSystemUser, type SystemUser } from "./system-user.js";

/**
 * Where one embedded server lives: `<dataDir>/postgres` holds `data` (Postgres's own folder) and `password`.
 */
export interface Cluster {
  readonly dataDir: string;
  readonly home: string;
  readonly native: string;
  /** Set where root starts the server as another user. */
  readonly user: SystemUser | undefined;
}

export async function locateCluster(dataDir: string): Promise<Cluster> {
  const user = chooseSystemUser();
  return { dataDir, home: join(dataDir, "postgres"), native: await findNative(dataDir, user !== undefined), user };
}

/** Gives a folder or file to the user that runs the database, and closes it to all others. */
export async function handOver(cluster: Cluster, path: string, mode: number): Promise<void> {
  await chmod(path, mode);
  if (cluster.user !== undefined) await chown(path, cluster.user.uid, cluster.user.gid);
}

/**
 * Starts one of Postgres's programs on a folder. `args` are built from the path under which the program sees it.
 *
 * Root may give a data folder below one that no other user can enter (`mktemp -d` below /root). The program then gets
 * the folder as an open file descriptor and reaches it by `/proc/self/fd/3`, past the folders above it, so that the
 * data stays where it was asked for and no folder has to be opened to others.
 */
export async function spawnProgram(
  cluster: Cluster,
  program: "initdb" | "postgres",
  folder: string,
  args: (seen: string) => readonly string[],
  options: SpawnOptions & { readonly output: number },
): Promise<ChildProcess> {
  const passesFolder = cluster.user !== undefined && process.platform === "linux";
  const handle = passesFolder ? await open(folder, "r") : undefined;
  const { output, ...rest } = options;
  try {
    const stdio = ["ignore", output, output, ...(handle === undefined ? [] : [handle.fd])] as const;
    const seen = handle === undefined ? folder : "/proc/self/fd/3";
    const binary = join(cluster.native, "bin", process.platform === "win32" ? `${program}.exe` : program);
    return spawn(binary, args(seen), { ...rest, ...cluster.user, cwd: "/", env: environment(), stdio: [...stdio] });
  } finally {
    await handle?.close();
  }
}

/** The user's `PG…` variables (port, data folder, options) are meant for other servers. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|LD_)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C", TZ: "UTC" };
}
