import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

/** A parsed document takes about sixty bytes of memory a letter, and as much again for what is prepared beside it. */
const mostLetters = 500_000;
const mostDocuments = 1_000;

/** Documents that were parsed and found valid. */
export interface KeptDocuments {
  /** As Apollo Server asks for them, by keys of its own. */
  readonly store: NonNullable<ApolloServerOptions<BaseContext>["documentStore"]>;
  readonly find: (text: string) => DocumentNode | undefined;
}

/**
 * Remembers the documents that were asked for last, so that the same text is read once. Its bounds hold whatever clients send: who
 * asks something new each time pushes out what others asked, and takes no more memory.
 */
export function keepDocuments(): KeptDocuments {
  const keys = new Map<string, string>();
  const known = new LRUCache<string, DocumentNode>({
    max: mostDocuments,
    maxSize: mostLetters,
    sizeCalculation: (document) => Math.max(1, textOf(document).length),
    dispose: (document) => void keys.delete(textOf(document)),
  });
  const keep = (key: string, document: DocumentNode) => {
    known.set(key, document);
    if (known.has(key)) keys.set(textOf(document), key);
  };
  return {
    store: {
      get: async (key) => known.get(key),
      set: async (key, document) => keep(key, document),
      delete: async (key) => known.delete(key),
    },
    find: (text) => {
      const key = keys.get(text);
      return key === undefined ? undefined : known.get(key);
    },
  };
}

const textOf = ({ loc }: DocumentNode): string => loc?.source.body ?? "";
