import type { IncomingHttpHeaders } from "node:http";
import { type ApolloServer, HeaderMap } from "@apollo/server";
import type { MediaTypes } from "./keep-media-types.js";
import type { OperationContext } from "./operation-context.js";
import type { Posed, Written } from "./posed.js";

/**
 * Lets Apollo Server answer a request.
 *
 * @param keepType takes down in which media type a question is answered
 */
export async function askApollo(
  apollo: ApolloServer<OperationContext>,
  { method, headers: given, search, body }: Posed,
  context: OperationContext,
  keepType: MediaTypes["keep"],
): Promise<Written> {
  const response = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers: readHeaders(given), search, body },
    context: async () => context,
  });
  if (response.body.kind === "chunked") throw new Error("a schema without @defer gave an answer in parts");
  const { status = 200, headers } = response;
  if (status === 200) keepType(given.accept, headers.get("content-type"));
  return { status, headers: Object.fromEntries(headers), text: response.body.string };
}

/** All that Apollo Server looks at. */
const heeded = ["accept", "content-type", "apollo-require-preflight", "x-apollo-operation-name"] as const;

function readHeaders(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const name of heeded) {
    const value = headers[name];
    if (typeof value === "string") map.set(name, value);
  }
  return map;
}
