/** Milliseconds, where the address names no other time. */
const USUAL = 5_000;

/**
 * How long opening a connection may take, in milliseconds: the `connect_timeout` of the address, in whole seconds, as libpq reads it
 * (0 is no limit), else five seconds.
 */
export function connectTimeoutOf(url: string): number {
  const seconds = URL.canParse(url) ? new URL(url).searchParams.get("connect_timeout") : null;
  return seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1_000 : USUAL;
}
