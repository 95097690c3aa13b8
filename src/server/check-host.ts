import type { IncomingHttpHeaders } from "node:http";
import { isLoopback } from "../app/loopback.js";
import { HttpRefusal } from "./reply.js";

/**
 * Refuses a request that calls us by a name that is not ours, as a page of a foreign site does that has pointed its own
 * name at this machine.
 *
 * @param host the `Host` header
 * @param allowed names in lower case; undefined allows every name
 */
export function checkHost(host: string | undefined, allowed: ReadonlySet<string> | undefined): void {
  if (allowed === undefined) return;
  const name = (host ?? "").toLowerCase().replace(/:\d*$/, "");
  if (allowed.has(name)) return;
  const names = [...allowed].map((known) => `\`${known}\``).join(", ");
  throw new HttpRefusal(421, `this server is called ${names}; RAMGRAPH_ALLOWED_HOSTS names others`);
}

const FORWARDED = ["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded"];

/**
 * Refuses what a proxy passes on from another machine, while a loopback address and the lack of any authentication say that only
 * this machine may ask.
 */
export function refuseForwarded(headers: IncomingHttpHeaders): void {
  if (FORWARDED.every((name) => headers[name] === undefined)) return;
  const values = FORWARDED.flatMap((name) => headers[name] ?? []).flatMap((value) => value.split(/[,;]/));
  const foreign = values.map(addressIn).find((address) => address !== "" && !isLoopback(address));
  if (foreign === undefined) return;
  throw new HttpRefusal(
    403,
    "this server answers its own machine only: set RAMGRAPH_AUTH before a proxy passes on requests",
  );
}

/** `for="[2001:db8::1]:4711"`, `192.0.2.1:80` and `graph.example` without ports and quotes. */
function addressIn(part: string): string {
  const text = part
    .trim()
    .replace(/^(for|host|by|proto)=/i, "")
    .replaceAll('"', "");
  if (/^(https?|unknown|_.*)$/i.test(text)) return "";
  const [, inBrackets] = /^\[(.*)\]/.exec(text) ?? [];
  return inBrackets ?? (text.split(":").length > 2 ? text : text.replace(/:\d+$/, ""));
}
