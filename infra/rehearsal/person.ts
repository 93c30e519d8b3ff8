import { type HttpClient, httpClient } from '#infra/rehearsal/http-client.ts';

/**
 * The client of somebody who signs in when asked to, as a person would: sessions end after an hour or two, which in a rehearsal is a moved
 * clock. Several requests at once share one signing in.
 * @param signIn answers a client with a new session
 * @param first with a session that stands already, where there is one
 */
export const signingIn = (
  origin: string,
  signIn: () => Promise<HttpClient>,
  first = httpClient(origin),
): HttpClient => {
  let client = first;
  let renewal: Promise<HttpClient> | undefined;
  const renew = (): Promise<HttpClient> => {
    renewal ??= signIn().finally(() => {
      renewal = undefined;
    });
    return renewal;
  };
  return {
    origin,
    ask: async (path, sent) => {
      const asked = client;
      const answer = await asked.ask(path, sent);
      // Nothing was done for a request without a session, so asking again doubles nothing.
      if (answer.status !== 401) return answer;
      if (client === asked) client = await renew();
      return await client.ask(path, sent);
    },
  };
};
