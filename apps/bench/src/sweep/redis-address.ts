import { UserError } from '../records/user-error.js';

/** Where a Redis is, with what must never be shown kept apart. */
export interface RedisAddress {
  /** Host, port, database and options, without user and password. */
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** For messages: `redis://<user>@<host>:<port>`, without password and options. */
  readonly place: string;
  /** A text of somebody else's without this address's password. */
  readonly hide: (text: string) => string;
}

/** What is certainly nothing but a scheme, a host, a port and a database. */
const withoutSecrets = /^(?:[a-z]+:\/\/)?(?:[\w.-]+(?::\d{1,5})?(?:\/\d{0,5})?)?$/i;

/**
 * Reads the address of a Redis: `redis://<user>:<password>@<host>:<port>/<database>`, `rediss://` for TLS.
 *
 * @throws UserError when it is none; the message shows an address only where it cannot hold a password.
 */
export function parseRedisAddress(text: string): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    !['redis:', 'rediss:'].includes(url.protocol) ||
    url.hostname === '' ||
    // In redis://user:12/34@host, the password has been taken for a port and what follows it.
    `${url.pathname}${url.search}${url.hash}`.includes('@')
  ) {
    const shown = withoutSecrets.test(text) ? ` ${text}` : '';
    const why = shown === '' ? ' (not shown, because it may hold a password)' : '';
    const how =
      shown === ''
        ? 'redis://<user>:<password>@<host>:<port>, with % codes for the characters / ? # @ : of a password'
        : 'redis://<host>:<port>';
    throw new UserError(`--redis${shown} is no address of a Redis${why}. Give ${how}.`);
  }
  const options = url.searchParams;
  const username = decode(url.username) || (options.get('username') ?? '');
  const password = decode(url.password) || (options.get('password') ?? '');
  const secrets = [
    password,
    url.password,
    encodeURIComponent(password),
    options.get('sentinelPassword') ?? '',
  ];
  // Who forgets the colon of `:password@` has typed it where the user belongs.
  if (password === '') secrets.push(username, url.username);
  options.delete('username');
  options.delete('password');
  url.username = '';
  url.password = '';
  url.hash = '';
  const database = /^\/\d+$/.test(url.pathname) ? url.pathname : '';
  const user = password === '' || username === '' ? '' : `${encodeURIComponent(username)}@`;
  return {
    url: url.href,
    username: username || undefined,
    password: password || undefined,
    place: `${url.protocol}//${user}${url.host}${database}`,
    hide: (message) =>
      secrets
        .filter((secret) => secret !== '')
        .sort((one, other) => other.length - one.length)
        .reduce((shown, secret) => shown.replaceAll(secret, '***'), message),
  };
}

/** Percent codes as characters; a percent sign that begins none is itself. */
function decode(text: string): string {
  return text.replaceAll(/(?:%[\da-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}
