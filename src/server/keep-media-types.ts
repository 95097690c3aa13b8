import { LRUCache } from "lru-cache";

/** Clients are few, and each sends the same header each time. */
const most = 100;
/** Characters of a header. */
const longest = 500;

/** In which media type whoever accepts something is answered, by the text of the header. */
export interface MediaTypes {
  readonly keep: (accept: string | undefined, type: string | undefined) => void;
  readonly find: (accept: string | undefined) => string | undefined;
}

/** Remembers what Apollo Server chose, which hangs on the header alone and takes it a while. */
export function keepMediaTypes(): MediaTypes {
  const known = new LRUCache<string, string>({ max: most });
  return {
    keep: (accept = "", type) => {
      if (type !== undefined && accept.length <= longest) known.set(accept, type);
    },
    find: (accept = "") => known.get(accept),
  };
}
