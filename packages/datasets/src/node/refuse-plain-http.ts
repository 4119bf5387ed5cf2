/**
 * Refuses to download over anything but https. Plain http is for this machine alone (`localhost`, `127.0.0.1`, `[::1]`). What is no address, such as
 * a package of npm, goes where the user's own configuration says.
 *
 * @throws {Error} When it is another address; names it.
 */
export function refusePlainHttp(spec: string): void {
  if (!/^[a-z][a-z+.-]*:\/\//i.test(spec)) return;
  const { protocol, hostname } = new URL(spec);
  if (protocol === 'https:') return;
  const isLocal = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
  if (protocol === 'http:' && isLocal) return;
  throw new Error(`${spec} is not an https address; files are downloaded over https only`);
}
