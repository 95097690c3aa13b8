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
