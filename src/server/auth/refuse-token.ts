import { HttpRefusal } from "../reply.js";

/** The same words whatever is wrong, so that nobody learns from them how close they came. */
export function refuseToken(): HttpRefusal {
  return new HttpRefusal(401, "send a valid token as `authorization: Bearer …`", {
    "www-authenticate": 'Bearer realm="ramgraph"',
  });
}
