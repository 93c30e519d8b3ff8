import type { IncomingMessage } from 'node:http';
import type { HttpAnswer } from '#infra/local/http-api/answer.ts';
import { Locale, negotiateLocale, translator } from '#shared/i18n/index.ts';

/** What a function did not answer itself: to a browser as a plain page in its language, to a program as API Gateway says it. */
export const plainly = (
  { url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>,
  answer: HttpAnswer,
): HttpAnswer => {
  const about = answer.status === 503 ? 'took-too-long' : 'unexpected';
  if (headers.accept?.includes('text/html') !== true || answer.status < 500) return answer;
  return {
    ...answer,
    headers: { ...answer.headers, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.from(pageAbout(about, url, headers['accept-language'])),
  };
};

/** In the language that the address names, or else the one that the browser asks for. Nothing of the request stands in it. */
const pageAbout = (
  kind: 'took-too-long' | 'unexpected',
  url: string,
  accepted: string | undefined,
): string => {
  const named = Locale.safeParse(url.split(/[/?#]/)[1]);
  const t = translator(named.success ? named.data : negotiateLocale(accepted));
  const title = t(`problems.${kind}.title`);
  return [
    `<!doctype html><html lang="${t.locale}"><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title><h1>${title}</h1><p>${t(`problems.${kind}.help`)}</p></html>`,
  ].join('\n');
};
