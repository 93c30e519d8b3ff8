import { Readable } from 'node:stream';
import { receiveDocument } from '#functions/commands/documents.ts';
import { importRoundFile, importVacancies } from '#functions/commands/round-import.ts';
import { openCall } from '#functions/commands/round-stages.ts';
import { joinSlices } from '#functions/commands/slice-joining.ts';
import { createWeb } from '#functions/web/app.tsx';
import type { Assets } from '#functions/web/assets.ts';
import type { WebDeps } from '#functions/web/deps.ts';
import { SectionId } from '#shared/domain/application-form.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, DocumentId, PersonId, type RoundId } from '#shared/domain/ids.ts';
import { type PersonEvent, personAggregate, registerPerson } from '#shared/domain/person.ts';
import type { Role } from '#shared/domain/role.ts';
import type { StoredSession } from '#shared/domain/sign-in.ts';
import { type StaffEvent, staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Files } from '#shared/ports/files.ts';
import type { People } from '#shared/ports/sign-in.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { memoryLogs } from '#test/builders/memory-checks.ts';
import { memoryPapers, readableDrawing } from '#test/builders/memory-papers.ts';
import { type MemoryRecords, memoryRecords } from '#test/builders/memory-records.ts';
import { asPosted } from '#test/builders/posted-form.ts';
import { pressed } from '#test/builders/pressed.ts';
import { aRoundFile, asUpload, roundFileBytes, vacancyBytes } from '#test/builders/round-file.ts';
import { previewedIn } from '#test/builders/scenes.ts';
import { aChance, aClock, aNudge, at as instantAt } from '#test/builders/worlds.ts';

export const origin = 'http://localhost:3000';

/** The style sheet and the scripts, called as they are before a build gives them other names. */
export const namedAssets: Assets = {
  stylesheet: '/assets/site.css',
  script: '/assets/enhance.js',
  passkeyScript: '/assets/passkey.js',
  uploadScript: '/assets/upload.js',
  answer: () => undefined,
};

/** One signed-in person's browser without JavaScript. */
export type Visitor = {
  get: (path: string) => Promise<Page>;
  post: (path: string, form: Record<string, string | string[]>) => Promise<Page>;
  upload: (path: string, field: string, bytes: Uint8Array, beside?: Record<string, string>) => Promise<Page>;
};

export type Page = { status: number; text: string; location: string; headers: Headers };

/**
 * The pages on memory ports, with a clock that the test moves.
 * @param at where browsers see the pages and the storage, when there are browsers
 */
export const aSite = (
  at: { origin: string; storage: string; assets?: Assets } = {
    origin,
    storage: 'https://storage.example/documents',
  },
) => {
  const clock = aClock(instantAt('2022-09-12T03:00'));
  const records = memoryRecords();
  const sessions = new Map<string, StoredSession>();
  const stored = new Map<string, Uint8Array>();
  const files = memoryFiles(stored, at.storage);
  const deps = {
    records,
    clock,
    chance: aChance(),
    nudge: aNudge(),
    ...memoryLogs(),
    papers: memoryPapers(),
    drawPaper: readableDrawing,
    files,
    joinSlices: (order) => joinSlices({ files }, order),
    region: 'KZ-19',
    publicOrigin: at.origin,
    people: peopleWith(sessions),
    sendCode: async () => {},
  } satisfies WebDeps;
  const app = createWeb(deps, at.assets ?? namedAssets);

  /** @param token stands for the person too: the same one twice is the same person. */
  const signedIn = (token: string, staff = false): Visitor => {
    const personId = personOf(token);
    const id = sha256Of(token);
    const now = clock.now();
    const strength = staff ? 'passkey' : 'code';
    const seen = { device: '', createdAt: now, lastSeenAt: now };
    sessions.set(id, { id, personId, staff, strength, ...(staff && { credential: id }), ...seen });
    return visitor(app, `__Host-irikteu=${token}`);
  };

  return {
    deps,
    clock,
    records,
    app,
    stored,
    anonymous: visitor(app),
    applicant: (token = 'applicant') => signedIn(token),
    administrator: async (): Promise<Visitor> => {
      await grant(records, personOf('administrator'), 'administrator', clock.now());
      await hasKey(records, 'administrator', clock.now());
      return signedIn('administrator', true);
    },
    /** The Almaty region's third intake of 2022, open. */
    openCall: async (file = roundFileBytes): Promise<RoundId> => {
      const roundId = await draftCall(deps, file);
      const previewed = await previewedIn(deps, roundId);
      const opened = await openCall(deps, { by: { kind: 'operator' }, roundId, previewed });
      if (!opened.ok) throw new Error(`The call did not open: ${opened.error.kind}`);
      return roundId;
    },
    draft: (intake: string): Promise<RoundId> => draftCall(deps, asUpload(aRoundFile({ intake }))),
    /** What the documents function does once a file has come. */
    arrive: async (applicationId: string, documentId: string, bytes: Uint8Array): Promise<void> => {
      stored.set(`quarantine/${applicationId}/${documentId}`, bytes);
      await receiveDocument(deps, {
        applicationId: ApplicationId.parse(applicationId),
        documentId: DocumentId.parse(documentId),
        scanning: false,
      });
    },
  };
};

export type Site = ReturnType<typeof aSite>;

const personOf = (token: string): PersonId => PersonId.parse(sha256Of(token).toUpperCase().slice(0, 20));

const draftCall = async (deps: WebDeps, file: Uint8Array): Promise<RoundId> => {
  const by = { kind: 'operator' } as const;
  const drafted = await importRoundFile(deps, { by, file });
  if (!drafted.ok) throw new Error(JSON.stringify(drafted.error));
  const roundId = drafted.value.state.id;
  const imported = await importVacancies(deps, { by, roundId, file: vacancyBytes });
  if (!imported.ok) throw new Error(JSON.stringify(imported.error));
  return roundId;
};

const grant = async (records: MemoryRecords, personId: PersonId, role: Role, now: Instant): Promise<void> => {
  const facts: StaffEvent[] = [{ type: 'role-granted', at: now, personId, role }];
  const snapshot = evolveAll(staffAggregate, undefined, facts);
  await records.commit({
    by: { kind: 'operator' },
    changes: [{ aggregate: 'staff', id: staffId, expectedVersion: 0, facts, snapshot, lists: {} }],
  });
};

/** The person's record with one passkey, which is called as the session is. */
const hasKey = async (records: MemoryRecords, token: string, now: Instant): Promise<void> => {
  const id = personOf(token);
  const credential = sha256Of(token);
  const facts: PersonEvent[] = [
    ...registerPerson(id, now),
    { type: 'passkey-enrolled', at: now, credential },
  ];
  const snapshot = evolveAll(personAggregate, undefined, facts);
  await records.commit({
    by: { kind: 'operator' },
    changes: [{ aggregate: 'person', id, expectedVersion: 0, facts, snapshot, lists: {} }],
  });
};

const notHere = (): never => {
  throw new Error('Signing in is not part of these tests (test/functions/web/account).');
};

/** People who are signed in already; nothing else of signing in is there. */
const peopleWith = (sessions: ReadonlyMap<string, StoredSession>): People => ({
  // Nobody gave a name.
  profiles: {
    find: async () => undefined,
    findByMail: notHere,
    register: notHere,
    move: notHere,
    change: notHere,
  },
  codes: { start: notHere, replace: notHere, find: notHere, countTry: notHere, spend: notHere },
  sessions: {
    begin: notHere,
    find: async (id) => sessions.get(id),
    touch: async () => {},
    end: notHere,
    ofPerson: notHere,
  },
  challenges: { put: notHere, take: notHere },
  passkeys: { ofPerson: notHere, add: notHere, count: notHere, remove: notHere },
  countRate: notHere,
});

const memoryFiles = (stored: Map<string, Uint8Array>, url: string): Files => ({
  list: async (prefix) =>
    [...stored].flatMap(([key, { length }]) => (key.startsWith(prefix) ? [{ key, bytes: length }] : [])),
  write: async (key, bytes) => void stored.set(key, bytes),
  presignUpload: async ({ key, redirect }) => ({
    url,
    fields: { key, ...(redirect && { success_action_redirect: redirect }) },
  }),
  presignDownload: async ({ key, filename }) => `${url}/${key}?filename=${filename}`,
  read: async (key) => {
    const bytes = stored.get(key);
    return bytes && { version: 'the only one', bytes: Readable.from([bytes]) };
  },
  versionOf: async (key) => (stored.has(key) ? 'the only one' : undefined),
  move: async ({ from, to }) => {
    const bytes = stored.get(from);
    if (bytes) stored.set(to, bytes);
    stored.delete(from);
    return true;
  },
  remove: async (key) => {
    stored.delete(key);
  },
});

const visitor = (app: ReturnType<typeof createWeb>, cookie = ''): Visitor => {
  const send = async (path: string, init: RequestInit): Promise<Page> => {
    const headers = { cookie, origin, 'sec-fetch-site': 'same-origin' };
    const response = await app.request(origin + path, { ...init, headers });
    const { status } = response;
    const location = response.headers.get('location') ?? '';
    return { status, location, headers: response.headers, text: await response.text() };
  };
  return {
    get: (path) => send(path, { method: 'GET' }),
    post: (path, form) => send(path, { method: 'POST', body: encoded(form) }),
    upload: (path, field, bytes, beside = {}) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(beside)) body.set(name, value);
      body.set(field, new File([new Uint8Array(bytes)], 'file'));
      return send(path, { method: 'POST', body });
    },
  };
};

/** As a browser posts it: several values of a name one after another. */
const encoded = (form: Record<string, string | string[]>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) => [value].flat().map((text) => [name, text])),
  );

/** What a form posts of a section that is filled in rightly. */
export const posted = (section: keyof typeof sectionsWell): Record<string, string | string[]> => ({
  ...asPosted(sectionsWell[section]),
  next: 'go-on',
});

const pdf = new TextEncoder().encode('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n');

/** Begins an application and answers its address. */
export const begin = async (applicant: Visitor, roundId: string, locale = 'en'): Promise<string> => {
  const started = await applicant.post(`/${locale}/calls/${roundId}/apply`, {});
  if (started.status !== 303) throw new Error(`The application did not begin: ${started.status}`);
  return started.location;
};

/** Everything that the call asks for, filled in and uploaded through the pages. */
export const fillIn = async (site: Site, applicant: Visitor, address: string): Promise<void> => {
  for (const section of SectionId.options) {
    const saved = await applicant.post(`${address}/sections/${section}`, {
      basedOn: '0',
      ...posted(section),
    });
    if (saved.status !== 303) throw new Error(`${section} was not saved: ${saved.status} ${saved.text}`);
  }
  for (const requirement of ['diploma', 'employment-record', 'category-certificate']) {
    await uploadTo(site, applicant, address, requirement);
  }
  await applicant.post(`${address}/choices`, { order: '', filter: '', press: 'add MAT-001' });
};

/** Asks for the upload form of a requirement and lets a file arrive. */
export const uploadTo = async (
  site: Site,
  applicant: Visitor,
  address: string,
  requirement: string,
): Promise<void> => {
  const form = await pressed(applicant, `${address}/documents/${requirement}`);
  const [, applicationId = '', documentId = ''] =
    /name="key" value="quarantine\/(\w+)\/(\w+)"/.exec(form.text) ?? [];
  await site.arrive(applicationId, documentId, pdf);
};

/** What the forms of a page send without anyone typing. */
export const hiddenOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
