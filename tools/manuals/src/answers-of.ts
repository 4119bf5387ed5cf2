/** What a web server said about an address. */
export interface WebAnswer {
  readonly address: string;
  /** `gone`: the page or the host is not there. `unsure`: it answered that it would not say, as some do to programs, or not in time. */
  readonly state: 'there' | 'gone' | 'unsure';
  readonly detail: string;
}

/** Statuses that say that nothing is at an address; others, such as 403 and 429, are about who asks and how often. */
const goneStatuses = [404, 410];
const missingHostCodes = ['ENOTFOUND', 'ERR_INVALID_URL'];

/**
 * Asks for web addresses, a few at a time, without their anchors.
 *
 * @param options - `ask`: default `fetch`; `seconds`: how long to wait for each, default 20; `atOnce`: default 6.
 */
export async function answersOf(
  addresses: readonly string[],
  {
    ask = fetch,
    seconds = 20,
    atOnce = 6,
  }: { readonly ask?: typeof fetch; readonly seconds?: number; readonly atOnce?: number } = {},
): Promise<WebAnswer[]> {
  const answers: WebAnswer[] = [];
  const left = addresses.entries();
  const worker = async () => {
    for (const [index, address] of left) answers[index] = await answerOf(address, ask, seconds);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}

async function answerOf(address: string, ask: typeof fetch, seconds: number): Promise<WebAnswer> {
  try {
    let response = await ask(address, { method: 'HEAD', signal: AbortSignal.timeout(seconds * 1000) });
    // Some servers know GET only.
    if (!response.ok) response = await ask(address, { signal: AbortSignal.timeout(seconds * 1000) });
    await response.body?.cancel();
    const detail = `status ${response.status}`;
    if (response.ok) return { address, state: 'there', detail };
    return { address, state: goneStatuses.includes(response.status) ? 'gone' : 'unsure', detail };
  } catch (error) {
    const { message, cause } = error as Error;
    const { code = message } = (cause ?? {}) as { code?: string };
    return { address, state: missingHostCodes.includes(code) ? 'gone' : 'unsure', detail: code };
  }
}
