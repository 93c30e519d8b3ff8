import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { problemStatus } from '#functions/http/problem.ts';
import { refusalPage } from '#functions/web/problem.tsx';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { at } from '#test/builders/worlds.ts';
import { aSite, type Visitor } from './site.ts';

const moment = at('2022-10-04T12:00');
const zone = 'Asia/Almaty';
const diploma = { kk: 'Диплом', ru: 'Диплом', en: 'A diploma' };

/** One of every kind, with the facts that it carries. The type makes a new kind fail here until it has one. */
const examples: { [Kind in Refusal['kind']]: Extract<Refusal, { kind: Kind }> } = {
  'not-found': { kind: 'not-found', what: 'round' },
  'not-allowed': { kind: 'not-allowed' },
  'cross-site': { kind: 'cross-site' },
  'too-large': { kind: 'too-large', limitBytes: 262_144 },
  'changed-meanwhile': { kind: 'changed-meanwhile' },
  unreadable: { kind: 'unreadable', expected: 'application/json' },
  invalid: { kind: 'invalid', faults: [{ place: 'iin', message: 'application-form.iin.missing' }] },
  'too-early': { kind: 'too-early', until: moment, zone },
  'too-late': { kind: 'too-late', closesAt: moment, zone },
  'wrong-stage': { kind: 'wrong-stage', stage: 'screening' },
  'deadline-not-later': { kind: 'deadline-not-later', closesAt: moment, zone },
  'deadline-too-late': { kind: 'deadline-too-late', before: moment, zone },
  'call-too-short': { kind: 'call-too-short', minimumDays: 7, closesAt: moment, zone },
  'no-vacancies': { kind: 'no-vacancies' },
  'intake-taken': { kind: 'intake-taken', intake: '2022-3' },
  'already-submitted': {
    kind: 'already-submitted',
    number: 'KZ19-0000-0001',
    submittedAt: moment,
    receipt: '',
  },
  'already-withdrawn': { kind: 'already-withdrawn', number: 'KZ19-0000-0001' },
  incomplete: { kind: 'incomplete', missing: [{ place: 'iin', message: 'application-form.iin.missing' }] },
  'document-not-arrived': { kind: 'document-not-arrived', requirements: ['diploma'] },
  'unknown-requirement': { kind: 'unknown-requirement', requirement: 'x' },
  'too-many-documents': { kind: 'too-many-documents', requirement: 'diploma', limit: 2 },
  'unknown-vacancy': { kind: 'unknown-vacancy', codes: ['X'] },
  'too-many-choices': { kind: 'too-many-choices', limit: 5 },
  'committee-incomplete': {
    kind: 'committee-incomplete',
    lacks: [{ place: 'seats', message: 'committee.no-chair' }],
  },
  'takes-part': { kind: 'takes-part' },
  'own-vote-stands': { kind: 'own-vote-stands' },
  'vote-stands': { kind: 'vote-stands' },
  'chair-away': { kind: 'chair-away' },
  'no-stand-in': { kind: 'no-stand-in' },
  'nothing-released': { kind: 'nothing-released' },
  unblinded: { kind: 'unblinded' },
  'seat-taken': { kind: 'seat-taken', seat: 'chair' },
  'gate-not-open': { kind: 'gate-not-open' },
  'no-proposal': { kind: 'no-proposal' },
  'proposal-on-table': { kind: 'proposal-on-table' },
  'already-decided': { kind: 'already-decided', decidedAt: moment },
  'ballot-closed': { kind: 'ballot-closed', closedAt: moment },
  'reminded-already': { kind: 'reminded-already', last: moment, from: moment, zone: 'Asia/Almaty' },
  'reason-needed': { kind: 'reason-needed' },
  'no-quorum': { kind: 'no-quorum', cast: 2, needed: 4 },
  'not-carried': { kind: 'not-carried', for: 1, against: 3 },
  'no-departures': { kind: 'no-departures' },
  'recused-undecided': { kind: 'recused-undecided', applications: 2 },
  'unfinished-work': { kind: 'unfinished-work', remaining: 4 },
  'marks-needed': { kind: 'marks-needed', remaining: 3 },
  'beacon-needed': { kind: 'beacon-needed', round: 7, dueAt: moment, zone },
  'beacon-known': { kind: 'beacon-known' },
  'further-ratings-due': { kind: 'further-ratings-due', remaining: 4 },
  'letters-wait': { kind: 'letters-wait' },
  'copies-needed': { kind: 'copies-needed', remaining: 2 },
  'second-person-needed': { kind: 'second-person-needed' },
  'took-effect': { kind: 'took-effect', stage: 'scoring' },
  'held-by-check': { kind: 'held-by-check' },
  'answer-held': { kind: 'answer-held', since: moment, zone },
  'recipients-differ': { kind: 'recipients-differ', recipients: 44, confirmed: 43 },
  'alarms-not-acknowledged': { kind: 'alarms-not-acknowledged', alarms: ['few-go-on#4/20'] },
  'conflict-of-interest': { kind: 'conflict-of-interest' },
  'cards-awaited': {
    kind: 'cards-awaited',
    cards: [{ number: ApplicationNumber.parse('KZ19-0000-0002'), count: 2, members: 1, guests: 1 }],
  },
  'confirmations-needed': { kind: 'confirmations-needed', remaining: 2 },
  'scans-awaited': { kind: 'scans-awaited', remaining: 1, documents: [diploma] },
  'ties-open': { kind: 'ties-open', remaining: 1, numbers: [ApplicationNumber.parse('KZ19-0000-0001')] },
  'disclosure-needed': { kind: 'disclosure-needed' },
  'not-assigned': { kind: 'not-assigned' },
  'practice-needed': { kind: 'practice-needed' },
  'practice-over': { kind: 'practice-over' },
  'document-unchecked': { kind: 'document-unchecked' },
  'seats-taken': { kind: 'seats-taken', taken: 2 },
  'slot-taken': { kind: 'slot-taken' },
  'slot-unfit': { kind: 'slot-unfit' },
  'not-in-stage': { kind: 'not-in-stage' },
  'no-offer-to-come': { kind: 'no-offer-to-come' },
  'claim-exists': { kind: 'claim-exists' },
  'claim-open': { kind: 'claim-open' },
  'results-final': { kind: 'results-final' },
  'interview-owed': { kind: 'interview-owed' },
  'claim-withdrawn': { kind: 'claim-withdrawn', withdrawnAt: moment },
  'inquiry-open': { kind: 'inquiry-open', until: moment, zone },
  'reference-ended': { kind: 'reference-ended' },
  'inquiry-ended': { kind: 'inquiry-ended', status: 'lapsed' },
  'paper-needed': { kind: 'paper-needed' },
  'not-erasable': { kind: 'not-erasable', because: 'placed' },
  'offer-ended': { kind: 'offer-ended', status: 'lapsed' },
  'sign-in-needed': { kind: 'sign-in-needed' },
  'passkey-needed': { kind: 'passkey-needed' },
  'code-wrong': { kind: 'code-wrong', triesLeft: 3 },
  'code-expired': { kind: 'code-expired' },
  'code-used': { kind: 'code-used' },
  'code-replaced': { kind: 'code-replaced' },
  'code-exhausted': { kind: 'code-exhausted' },
  'took-too-long': { kind: 'took-too-long' },
  'too-many-requests': { kind: 'too-many-requests', retryAfterMinutes: 3 },
  'passkey-refused': { kind: 'passkey-refused' },
  'last-passkey': { kind: 'last-passkey' },
  'mailbox-taken': { kind: 'mailbox-taken' },
  'invitation-used': { kind: 'invitation-used' },
  'invitation-expired': { kind: 'invitation-expired' },
  'invitation-for-another': { kind: 'invitation-for-another' },
  'last-administrator': { kind: 'last-administrator' },
  'role-not-held': { kind: 'role-not-held', role: 'member' },
  'second-administrator-needed': { kind: 'second-administrator-needed' },
  'already-requested': { kind: 'already-requested' },
  'replacement-not-requested': { kind: 'replacement-not-requested' },
};

const pageOf = (refusal: Refusal, locale: (typeof locales)[number], path = '/') => {
  const app = new Hono();
  app.post(path, (c) => {
    c.set('view', {
      t: translator(locale),
      path,
      query: '',
      regionName: '',
      stylesheet: '/s.css',
      requestId: 'r',
    });
    return refusalPage(c, refusal);
  });
  return app.request(path, { method: 'POST' });
};

const cases = locales.flatMap((locale) =>
  Object.values(examples).map((refusal) => [locale, refusal.kind] as const),
);

describe('the page for a refusal', () => {
  it.for(cases)('in %s says what happened and what to do: %s', async ([locale, kind]) => {
    const t = translator(locale);

    const response = await pageOf(examples[kind], locale);
    const text = await response.text();

    expect(response.status).toBe(problemStatus[kind]);
    expect(text).toContain(t(`problems.${kind}.title`));
    expect(text).toContain(t(`problems.${kind}.help`));
  });

  it.for(
    locales.flatMap((locale) =>
      (['applications', 'claims', 'offers'] as const).map((of) => [locale, of] as const),
    ),
  )('in %s says what to do about a deadline of %s', async ([locale, of]) => {
    const text = await (await pageOf({ kind: 'too-late', closesAt: moment, zone, of }, locale)).text();

    expect(text).toContain(translator(locale)(`problems.too-late.${of}`));
    expect(text).not.toContain(translator(locale)('problems.too-late.help'));
  });

  it.for([
    ['too-late', '4 October 2022 at 18:00 (UTC+06:00)'],
    ['deadline-too-late', 'It must be before 4 October 2022 at 18:00 (UTC+06:00).'],
    ['wrong-stage', 'The present stage: Screening.'],
    ['too-many-requests', 'Try again in 3 minutes.'],
    ['code-wrong', '3 tries are left.'],
    ['too-large', 'At most 256 KB.'],
    ['too-many-choices', 'At most: 5.'],
    ['incomplete', 'Enter your IIN'],
  ] as const)('gives the facts of %s: %s', async ([kind, sentence]) => {
    expect(await (await pageOf(examples[kind], 'en')).text()).toContain(sentence);
  });
});

describe('the page for a refused form', () => {
  it.for(['/applications/a1/claim', '/committee/rounds/r1/vote', '/manage/rounds/r1/committee/dismissal'])(
    'leads back to where %s stands',
    async (path) => {
      const text = await (await pageOf(examples['changed-meanwhile'], 'en', path)).text();

      expect(text).toContain(`<a href="/en${path}">Open the page again</a>`);
    },
  );

  it('leads home whoever may not use the form', async () => {
    const text = await (await pageOf(examples['not-allowed'], 'en', '/committee/rounds/r1/vote')).text();

    expect(text).toContain('<a href="/en/">Go to the home page</a>');
  });
});

describe('the address in a problem document', () => {
  const visitor: Visitor = aSite().anonymous;

  it.for(Object.keys(problemStatus))('/problems/%s leads to a page that explains it', async (kind) => {
    const { location } = await visitor.get(`/problems/${kind}`);
    const { status, text } = await visitor.get(location);

    expect(status).toBe(200);
    expect(text).toContain('<html lang="kk"');
  });

  it('of a problem that does not exist is not found', async () => {
    expect((await visitor.get('/en/problems/toString')).status).toBe(404);
  });
});

describe('a form from another site', () => {
  it('changes nothing and is told so on a page', async () => {
    const site = aSite();
    const roundId = await site.openCall();
    const before = site.records.commits.length;

    const answer = await site.app.request(`/en/calls/${roundId}/apply`, {
      method: 'POST',
      body: new URLSearchParams({ a: '1' }),
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });

    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('The form was sent from another site');
    expect(site.records.commits).toHaveLength(before);
  });
});

describe('what was typed without a session', () => {
  const site = aSite();
  const rows = async (address: string, form: Record<string, string | string[]>): Promise<string[]> => {
    const { status, text } = await site.anonymous.post(address, form);
    expect(status).toBe(401);
    return [...text.matchAll(/<dt[^>]*>(.*?)<\/dt>.*?<span class="typed">(.*?)<\/span>/g)].map(
      ([, label, words]) => `${label}: ${words}`,
    );
  };

  it('comes back under its question, and a choice by its name', async () => {
    const form = { subjects: ['mathematics', 'physics'], category: 'expert', next: 'go-on', basedOn: '0' };

    expect(await rows('/ru/applications/a1/sections/teaching', form)).toEqual([
      'Какие предметы вы преподаёте: Математика, Физика',
      'Квалификационная категория: Педагог-эксперт',
    ]);
  });

  it('comes back from a text box as the own text, whatever the form was for', async () => {
    expect(await rows('/en/applications/a1/inquiries/i1', { text: 'The diploma is from 2015' })).toEqual([
      'Your text: The diploma is from 2015',
    ]);
  });

  it('comes back of a referee', async () => {
    const person = { name: 'Abai', position: '', mail: 'abai@example.kz' };
    const referee = { ...person, relation: 'my teacher', locale: 'kk' };

    expect(await rows('/en/applications/a1/references/1', referee)).toEqual([
      'Name: Abai',
      'E-mail address: abai@example.kz',
      'How they know you: my teacher',
    ]);
  });
});
