import { secondsText } from "../inventory/attachment-columns.js";

/** Seconds from 1970 to 2000, where Postgres begins to count. */
const SECONDS_TO_2000 = 946_684_800;
const EARLIEST = -(2n ** 63n);
const MICROSECONDS = 1_000_000n;

/**
 * Reads an instant as Postgres sends it: eight bytes of microseconds, the least number for none.
 * @returns seconds since 1970; text (RFC 3339) where these are not whole; undefined for none
 */
export function secondsSince1970(bytes: DataView, at: number): number | string | undefined {
  // Nearly all are whole seconds of these centuries, which a plain number holds exactly: a million big ones are as many objects.
  const since2000 = bytes.getInt32(at) * 2 ** 32 + bytes.getUint32(at + 4);
  const seconds = Math.trunc(since2000 / 1e6);
  const isExact = Number.isSafeInteger(since2000) && seconds * 1e6 === since2000;
  return isExact ? seconds + SECONDS_TO_2000 : readAnyInstant(bytes.getBigInt64(at));
}

function readAnyInstant(since2000: bigint): number | string | undefined {
  if (since2000 === EARLIEST) return undefined;
  const microseconds = since2000 + BigInt(SECONDS_TO_2000) * MICROSECONDS;
  const rest = ((microseconds % MICROSECONDS) + MICROSECONDS) % MICROSECONDS;
  const seconds = Number((microseconds - rest) / MICROSECONDS);
  if (rest === 0n) return seconds;
  const digits = String(rest).padStart(6, "0").replace(/0+$/, "");
  return secondsText(seconds).replace("Z", `.${digits}Z`);
}
