import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

/** A parsed document takes about sixty bytes of memory a letter, and as much again for what is prepared beside it. */
const mostLetters = 500_000;
const mostDocuments = 1_000;

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>["documentStore"]>;

/**
 * Remembers the documents that were asked for last, parsed and found valid, so that the same text is read once. Its bounds hold
 * whatever clients send: who asks something new each time pushes out what others asked, and takes no more memory.
 */
export function keepDocuments(): DocumentStore {
  const known = new LRUCache<string, DocumentNode>({
    max: mostDocuments,
    maxSize: mostLetters,
    sizeCalculation: ({ loc }) => Math.max(1, loc?.source.body.length ?? 0),
  });
  return {
    get: async (key) => known.get(key),
    set: async (key, document) => void known.set(key, document),
    delete: async (key) => known.delete(key),
  };
}
