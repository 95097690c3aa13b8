import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { Client, cacheExchange, fetchExchange } from "@urql/core";
import { ClientError, GraphQLClient } from "graphql-request";

/** A client as an application would set it up, reduced to what is tried with it. */
export interface TriedClient {
  /** The data of a question. */
  readonly ask: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** The same by GET. */
  readonly get: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** The code of the first error, as the client's own error class shows it. */
  readonly fail: (query: string) => Promise<unknown>;
}

/** Lets a GET pass that a browser would not have sent on its own. */
const headers = { "apollo-require-preflight": "1" };

export function tryApolloClient(origin: string): TriedClient & { readonly cached: () => readonly string[] } {
  const cache = new InMemoryCache();
  const link = (useGETForQueries: boolean) => new HttpLink({ uri: `${origin}/graphql`, headers, useGETForQueries });
  const client = new ApolloClient({ link: link(false), cache });
  const getting = new ApolloClient({ link: link(true), cache: new InMemoryCache() });
  return {
    ask: async (query, variables = {}) => (await client.query({ query: gql(query), variables })).data,
    get: async (query, variables = {}) => (await getting.query({ query: gql(query), variables })).data,
    fail: async (query) => {
      const error: unknown = await client.query({ query: gql(query) }).catch((caught: unknown) => caught);
      return CombinedGraphQLErrors.is(error) ? error.errors[0]?.extensions?.code : error;
    },
    cached: () => Object.keys(cache.extract()),
  };
}

export function tryUrql(origin: string): TriedClient {
  const exchanges = [cacheExchange, fetchExchange];
  const open = (preferGetMethod: false | "force") =>
    new Client({ url: `${origin}/graphql`, exchanges, preferGetMethod, fetchOptions: { headers } });
  const [posting, getting] = [open(false), open("force")];
  return {
    ask: async (query, variables = {}) => (await posting.query<unknown>(query, variables).toPromise()).data,
    get: async (query, variables = {}) => (await getting.query<unknown>(query, variables).toPromise()).data,
    fail: async (query) => (await posting.query(query, {}).toPromise()).error?.graphQLErrors[0]?.extensions.code,
  };
}

export function tryGraphqlRequest(origin: string): TriedClient & { readonly batch: () => Promise<number | undefined> } {
  const client = new GraphQLClient(`${origin}/graphql`, { headers });
  const getting = new GraphQLClient(`${origin}/graphql`, { headers, method: "GET", jsonSerializer: JSON });
  return {
    ask: async (query, variables = {}) => await client.request<unknown>(query, variables),
    get: async (query, variables = {}) => await getting.request<unknown>(query, variables),
    fail: async (query) => {
      const error: unknown = await client.request(query).catch((caught: unknown) => caught);
      return error instanceof ClientError ? error.response.errors?.[0]?.extensions.code : error;
    },
    batch: async () => {
      const documents = [{ document: "{ __typename }" }, { document: "{ __typename }" }];
      const error: unknown = await client.batchRequests(documents).catch((caught: unknown) => caught);
      return error instanceof ClientError ? error.response.status : undefined;
    },
  };
}
