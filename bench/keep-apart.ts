import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** How the main threads of a client and of servers share the processors. */
export interface Apart {
  /** False where the system has one processor only, or no way to say which one a thread is to have. */
  readonly isApart: boolean;
  /** Lets all of them go where they like again. */
  readonly release: () => void;
}

/**
 * Gives this process's main thread one processor and those of servers another. Left to itself a system has the client and one server
 * share a processor at times and another server not, for seconds: who is on the same one need not be woken across, which is up to a
 * sixth of a `hello`. Other threads, e.g. those of collectors, go where they like.
 */
export function keepApart(servers: readonly number[]): Apart {
  const allowed = readAllowed();
  const [own, other] = processorsIn(allowed);
  const both = [process.pid, ...servers];
  const isApart =
    other !== undefined && keepOn(process.pid, String(own)) && servers.every((pid) => keepOn(pid, String(other)));
  const release = () => {
    for (const pid of both) keepOn(pid, allowed);
  };
  return { isApart, release };
}

/** E.g. `0-3,8`, as Linux tells it of this process; empty elsewhere. */
function readAllowed(): string {
  try {
    return /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
  } catch {
    return "";
  }
}

function processorsIn(list: string): readonly number[] {
  return list.split(",").flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split("-").map(Number);
    return Number.isNaN(first) || range === "" ? [] : Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}

/** Of the thread that has the process's number. */
function keepOn(pid: number, list: string): boolean {
  try {
    execFileSync("taskset", ["-p", "-c", list, String(pid)], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
