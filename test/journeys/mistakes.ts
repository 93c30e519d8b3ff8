import { operations } from '#functions/api/app.ts';
import type { Route } from '#functions/http/authorize.ts';
import { faultText } from '#functions/http/refusal-text.ts';
import { routes } from '#functions/web/routes.ts';
import type { HttpClient } from '#infra/rehearsal/http-client.ts';
import type { Fault } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { type Applying, asForm } from './half-done.ts';
import { type Visitor, visitor } from './visitor.ts';

/** Every route of the pages and the API with which somebody deals with an application of their own. */
export const routesOfApplications = (): Route[] => {
  // Only the tables are read: no handler of these runs here.
  const deps = { ...aWorld(), people: memoryPeople(), publicOrigin: '', sendCode: async () => {} };
  return [...routes(deps), ...operations(deps)].filter(({ path }) =>
    path.includes('applications/:application'),
  );
};

const none = '0'.repeat(20);
const wholeFile = { bytes: 1, sha256: '0'.repeat(64) };

/** Right in themselves, so that it is the application that is refused. The first whose end fits counts. */
const bodies: [string, unknown][] = [
  [`/${none}/documents`, {}],
  [`/${none}/text`, { basedOn: 0, text: 'Not mine.' }],
  ['/references/1', { name: 'A', position: 'B', mail: 'c@example.kz', relation: 'head', locale: 'en' }],
  ['/correction', { text: 'Not mine.' }],
  ['/answer-ahead', { upTo: 1 }],
  ['/exchange', { agree: true }],
  ['/exchange/choices', { basedOn: [], choices: [] }],
  ['/elsewhere/1', { agree: true }],
  ['/elsewhere/1/choices', { basedOn: [], choices: [] }],
  ['/choices', { basedOn: [], codes: [] }],
  ['/documents', { requirement: 'diploma' }],
  ['/slices', wholeFile],
  ['/whole', wholeFile],
  ['/claim/withdrawal', { filedAt: '2099-01-01T00:00:00.000Z' }],
  ['/withdrawal', { reasonCode: 'personal' }],
  ['/interview', { slot: none }],
  ['/wishes', { stepFree: false, days: [] }],
  ['/claim', { grounds: 'other', text: 'Not mine.' }],
  ['/refusal', { reason: 'distance' }],
  ['/deferral', { until: '2099-01-01', reason: 'study' }],
  ['/conditional-acceptance', { condition: 'diploma' }],
  ['/undoing', { reason: 'Not mine.' }],
  ['/motivation', { basedOn: 0, typed: { motivation: 'Not mine.' } }],
];

/** Uses a route for an application as its owner would. */
export const tryRoute = async (
  who: Visitor,
  { method, path }: Route,
  application: string,
): Promise<{ status: number; text: string; isApi: boolean }> => {
  const address = path
    .replace(/:locale\{[^}]*\}/, 'en')
    .replace(':application', application)
    .replace(':section', 'motivation')
    .replace(':requirement', 'diploma')
    .replace(':slot', '1')
    .replace(':list', '1')
    .replaceAll(/:(offer|document|inquiry|referee)\b/g, none);
  const isApi = address.startsWith('/api/');
  if (method === 'GET') return { ...(await who.open(address)), isApi };
  const form = asForm({
    basedOn: '0',
    bytes: '1',
    sha256: wholeFile.sha256,
    motivation: 'Not mine.',
    reason: address.endsWith('/deferral') ? 'study' : 'personal',
    condition: 'diploma',
    remove: none,
    slot: none,
    grounds: 'other',
    text: 'Not mine.',
    upTo: '1',
    filedAt: '2099-01-01T00:00:00.000Z',
  });
  const json = bodies.find(([end]) => address.endsWith(end))?.[1];
  const sent = isApi ? { method, ...(json !== undefined && { json }) } : form;
  return { ...(await who.client.ask(address, sent)), isApi };
};

/** A form that storage gave out for one diploma. */
export type Announced = { documentId: string; upload: { url: string; fields: Record<string, string> } };

/** The uploads of one person, who may change what the storage's form says. */
export const uploadsOf = ({ who, id }: Applying) => ({
  announce: async (): Promise<Announced> => {
    const sent = { method: 'POST', json: { requirement: 'diploma' } } as const;
    const { text } = await who.client.ask(`/api/applications/${id}/documents`, sent);
    return JSON.parse(text);
  },
  post: async ({ upload }: Announced, file: BlobPart, change: Record<string, string> = {}) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...upload.fields, ...change })) body.set(name, value);
    body.set('file', new Blob([file], { type: 'application/pdf' }), 'diploma.pdf');
    return await who.client.ask(upload.url, { method: 'POST', body });
  },
  remove: ({ documentId }: Announced) =>
    who.client.ask(`/api/applications/${id}/documents/${documentId}`, { method: 'DELETE' }),
});

/** Two browsers at once, with the same code. */
export const both = async (origin: string, json: unknown) => {
  const browsers = [visitor(origin), visitor(origin)];
  const answers = await Promise.all(
    browsers.map(({ client }) => client.ask('/api/session', { method: 'POST', json })),
  );
  return { answers, signedIn: await Promise.all(browsers.map(isSignedIn)) };
};

export const isSignedIn = async ({ client }: Visitor): Promise<boolean> =>
  (await client.ask('/api/session')).status === 200;

/** Uploads a round file on the page, and looks whether the list of rounds is another one then. */
export const uploadRoundFile = async (administrator: HttpClient, file: string) => {
  const listed = async () => (await administrator.ask('/api/rounds')).text;
  const before = await listed();
  const body = new FormData();
  body.set('file', new Blob([file], { type: 'application/json' }), 'round.json');
  const answer = await administrator.ask('/ru/manage/rounds', { method: 'POST', body });
  return { answer, changed: (await listed()) !== before };
};

export const faultsOf = (read: { ok: boolean; error?: Fault[] }): Fault[] => read.error ?? [];

/** A fault of a file as the page says it: where, and what. */
export const placed = (fault: Fault, t: Translator): string => {
  const where = t('manage.place.lineColumn', { line: fault.line ?? 0, column: fault.column ?? 0 });
  return `${where}, ${fault.place}: ${faultText(fault, t)}`;
};

/** As somebody reads it: without the spelling of HTML. */
export const readable = (html: string): string =>
  html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&').replaceAll('&lt;', '<');
