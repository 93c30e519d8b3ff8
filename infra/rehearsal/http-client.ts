import * as z from 'zod';

/** An answer as programs want it: the body parsed when it is JSON. */
export type Answer = { status: number; headers: Headers; text: string; json: unknown };

export type Sent = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  json?: unknown;
  body?: string | FormData | Uint8Array<ArrayBuffer>;
  type?: string;
};

/** One visitor's manners over plain HTTP: keeps cookies, follows no redirect by itself. */
export type HttpClient = { origin: string; ask: (path: string, sent?: Sent) => Promise<Answer> };

/** The address did not answer as the product does; the message can be shown to a person. */
export class UnexpectedAnswer extends Error {
  readonly status: number;
  readonly body: string;
  constructor(what: string, answer: Answer) {
    super(`${what}: the answer was ${answer.status}. ${answer.text.slice(0, 500)}`);
    this.name = 'UnexpectedAnswer';
    this.status = answer.status;
    this.body = answer.text;
  }
}

export const httpClient = (origin: string): HttpClient => {
  const cookies = new Map<string, string>();
  const keep = (headers: Headers): void => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      const gone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
      if (gone) cookies.delete(name.trim());
      else cookies.set(name.trim(), value.join('='));
    }
  };
  return {
    origin,
    ask: async (path, { method = 'GET', json, body, type } = {}) => {
      const headers = new Headers({ origin, 'sec-fetch-site': 'same-origin' });
      if (cookies.size > 0) {
        headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      }
      if (json !== undefined) headers.set('content-type', 'application/json');
      if (type) headers.set('content-type', type);
      const sent = json === undefined ? body : JSON.stringify(json);
      const response = await fetch(new URL(path, origin), {
        method,
        headers,
        redirect: 'manual',
        ...(sent !== undefined && { body: sent }),
      });
      keep(response.headers);
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: isJson && text ? JSON.parse(text) : undefined,
      };
    },
  };
};

/** Asks and insists on success. @throws UnexpectedAnswer with the status and the body */
export const expectJson = async <T>(
  client: HttpClient,
  path: string,
  sent: Sent,
  schema: z.ZodType<T>,
): Promise<T> => {
  const answer = await client.ask(path, sent);
  if (answer.status >= 300) throw new UnexpectedAnswer(`${sent.method ?? 'GET'} ${path}`, answer);
  return schema.parse(answer.json);
};

/** An answer whose body nobody needs. */
export const nothing = z.unknown();
