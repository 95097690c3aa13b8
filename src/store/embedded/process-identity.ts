import { readFileSync } from "node:fs";
import { hasCode } from "./has-code.js";

/**
 * Names one life of one process, so that a number given out again by the system is not taken for the process that bore
 * it before. On Linux the identity holds the start time and the boot; elsewhere it is the number alone.
 *
 * @returns `undefined` where no such process lives.
 */
export function identifyProcess(pid: number): string | undefined {
  return process.platform === "linux" ? identifyOnLinux(pid) : answersSignals(pid) ? String(pid) : undefined;
}

/** True while the process that `identifyProcess` named is alive. */
export function isAlive(identity: string): boolean {
  return identifyProcess(Number.parseInt(identity, 10)) === identity;
}

function identifyOnLinux(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field is the program's name in parentheses and may itself hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, startedAt] = [fields[0], fields[19]];
  if (state === "Z" || state === "X") return undefined;
  const boot = readText("/proc/sys/kernel/random/boot_id")?.slice(0, 8) ?? "";
  return `${pid}-${startedAt}-${boot}`;
}

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
