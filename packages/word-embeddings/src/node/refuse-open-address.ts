/**
 * Refuses an address that others can read and alter on the way: https only, but for this machine itself.
 *
 * @throws {Error} Says what is at this address.
 */
export function refuseOpenAddress(what: string, address: unknown): void {
  if (typeof address !== 'string' || !URL.canParse(address)) return;
  const { protocol, hostname, origin } = new URL(address);
  const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
  if (protocol === 'https:' || (protocol === 'http:' && isHere)) return;
  throw new Error(`${what} is at ${protocol === 'http:' ? origin : protocol}, and only https is used`);
}
