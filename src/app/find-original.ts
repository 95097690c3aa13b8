import { readOriginals } from "../store/read-originals.js";
import { Failure, UsageRefused } from "./failure.js";
import type { Store } from "./open-store.js";

/**
 * The bytes of an imported page, exactly as they were read.
 *
 * @param digest SHA-256 in hexadecimal digits, or its first eight and more
 * @throws UsageRefused when it is no digest; Failure when no page or several have it
 */
export async function findOriginal({ db }: Pick<Store, "db">, digest: string): Promise<Uint8Array> {
  if (!/^[0-9a-f]{8,64}$/i.test(digest)) {
    throw new UsageRefused(
      `\`${digest}\` is no digest: give 8 to 64 hexadecimal digits, as the lists of sources show them`,
    );
  }
  const [found, other] = await readOriginals(db, digest.toLowerCase());
  if (found === undefined) throw new Failure(`no page with the digest \`${digest}\` is kept`);
  if (other !== undefined)
    throw new Failure(`several pages have a digest that begins with \`${digest}\`: give more of it`);
  return found.bytes;
}
