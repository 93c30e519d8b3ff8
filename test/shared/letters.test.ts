import { describe, expect, it } from 'vitest';
import { locales } from '#shared/i18n/locale.ts';
import { placeholdersOf } from '#shared/i18n/message.ts';
import { letterCatalogues, letterFacts, type MailTemplate, renderLetter } from '#shared/letters.ts';

const sender = { origin: 'https://irikteu.example', region: 'KZ-19' as const };

const roundId = 'R00000000000000000R1';
const intake = '2022-3';
const zone = 'Asia/Almaty';
const aboutApplication = { roundId, intake, zone, number: 'KZ19-AAAA-BBBB' };
const aboutWork = { roundId, intake, zone, count: 12, dueAt: '2027-03-01T13:59:00.000Z' };
const toReferee = {
  roundId,
  intake,
  zone,
  referee: 'Үлгі Ұстаз',
  applicant: 'Сапарова Айгүл',
  token: 'a-token',
};
const toGuest = {
  roundId,
  intake,
  zone,
  guest: 'Қонақ Үлгі',
  until: '2027-03-20T19:00:00.000Z',
  linkUntil: '2027-03-03T13:59:00.000Z',
  token: 'a-token',
};
const aboutPost = {
  ...aboutApplication,
  vacancy: 'MAT-001',
  school: '№ 88 үлгі мектеп / Школа-образец № 88',
  locality: '5-үлгі ауыл',
};
const aboutRequest = { zone, filedAt: '2027-03-01T13:59:00.000Z', dueAt: '2027-03-23T19:00:00.000Z' };
const agreed = { ...aboutApplication, at: '2027-02-25T13:59:00.000Z', until: '2027-03-01T13:59:00.000Z' };

const moved = {
  ...aboutApplication,
  before: '2027-03-01T13:59:00.000Z',
  startsAt: '2027-03-02T13:59:00.000Z',
};

const facts: Record<MailTemplate, object> = {
  'application-submitted': {
    ...aboutApplication,
    submittedAt: '2027-03-01T13:59:00.000Z',
    receipt: 'a'.repeat(64),
  },
  'application-amended': {
    ...aboutApplication,
    submittedAt: '2027-03-01T13:59:00.000Z',
    receipt: 'b'.repeat(64),
  },
  'application-withdrawn': {
    ...aboutApplication,
    withdrawnAt: '2027-03-01T13:59:00.000Z',
  },
  'deadline-extended': { roundId, intake, zone, closesAt: '2027-03-01T13:59:00.000Z' },
  'round-cancelled': { roundId, intake, zone },
  'document-infected': aboutApplication,
  'document-unreadable': aboutApplication,
  'committee-document-unreadable': aboutApplication,
  'inquiry-made': { ...aboutApplication, dueAt: '2027-03-01T13:59:00.000Z' },
  'inquiry-reminder': { ...aboutApplication, dueAt: '2027-03-01T13:59:00.000Z' },
  'inquiry-answered': { ...aboutApplication, at: '2027-03-01T13:59:00.000Z' },
  'inquiry-withdrawn': aboutApplication,
  'referee-answered': { ...aboutApplication, reference: 1 },
  'referee-declined': { ...aboutApplication, reference: 2 },
  'reference-asked': toReferee,
  'reference-reminder': toReferee,
  'guest-invited': toGuest,
  'interview-booked': { ...aboutApplication, startsAt: '2027-03-01T13:59:00.000Z' },
  'interview-set': { ...aboutApplication, startsAt: '2027-03-01T13:59:00.000Z' },
  'interview-restored': { ...aboutApplication, startsAt: '2027-03-01T13:59:00.000Z' },
  'interview-called-off': { ...aboutApplication, startsAt: '2027-03-01T13:59:00.000Z' },
  'owed-interview-granted': aboutApplication,
  'owed-interview-set': { ...aboutApplication, startsAt: '2027-03-01T13:59:00.000Z' },
  'owed-interview-cancelled': { ...aboutApplication, startsAt: '2027-03-01T13:59:00.000Z' },
  'interview-moved': moved,
  'committee-interview-moved': moved,
  'committee-times-engaged': { roundId, intake, zone, count: 2, startsAt: '2027-03-01T13:59:00.000Z' },
  'interview-cancelled': { ...aboutApplication, startsAt: '2027-03-01T13:59:00.000Z' },
  'claim-filed': { ...aboutApplication, filedAt: '2027-03-01T13:59:00.000Z' },
  'claim-decided': { ...aboutApplication, decidedAt: '2027-03-01T13:59:00.000Z' },
  'committee-claim-due': { ...aboutApplication, dueAt: '2027-03-01T13:59:00.000Z' },
  'committee-claim-overdue': { ...aboutApplication, dueAt: '2027-03-01T13:59:00.000Z' },
  'committee-offers-held': { roundId, intake, zone, count: 2 },
  'committee-score-reported': aboutApplication,
  'committee-screening-waits': aboutWork,
  'committee-scores-given': aboutWork,
  'committee-vote-waits': aboutWork,
  'committee-ballot-waits': aboutWork,
  'committee-screening-reminder': aboutWork,
  'committee-scores-reminder': aboutWork,
  'committee-scorecards-reminder': aboutWork,
  'committee-vote-reminder': aboutWork,
  'committee-ballot-reminder': aboutWork,
  'result-corrected': { ...aboutApplication, correctedAt: '2027-03-01T13:59:00.000Z' },
  'screening-admitted': aboutApplication,
  'screening-refused': aboutApplication,
  'interview-invited': aboutApplication,
  'not-shortlisted': aboutApplication,
  'results-preliminary': { ...aboutApplication, claimsCloseAt: '2027-03-01T13:59:00.000Z' },
  'results-final': aboutApplication,
  'no-post': aboutApplication,
  'correction-asked': aboutRequest,
  'erasure-asked': aboutRequest,
  'consent-withdrawn': { ...aboutRequest, number: 'KZ19-AAAA-BBBB' },
  'data-request-done': aboutRequest,
  'data-request-refused': aboutRequest,
  'erasure-begun': { zone, erasedAt: '2027-03-01T13:59:00.000Z' },
  'offer-made': { ...aboutPost, expiresAt: '2027-03-01T13:59:00.000Z' },
  'offer-made-kept': { ...aboutPost, expiresAt: '2027-03-01T13:59:00.000Z', quota: 'Орыс тілді мектептер' },
  'offer-reminder': { ...aboutPost, expiresAt: '2027-03-01T13:59:00.000Z' },
  'offer-reminder-ahead': { ...aboutPost, expiresAt: '2027-03-01T13:59:00.000Z' },
  'offer-accepted-ahead': { ...aboutPost, answeredAt: '2027-03-01T13:59:00.000Z' },
  'offer-accepted': { ...aboutPost, answeredAt: '2027-03-01T13:59:00.000Z' },
  'offer-conditional': { ...aboutPost, condition: 'Диплом', expiresAt: '2027-03-01T13:59:00.000Z' },
  'offer-condition-reminder': { ...aboutPost, condition: 'Диплом', expiresAt: '2027-03-01T13:59:00.000Z' },
  'offer-condition-met': { ...aboutPost, condition: 'Диплом', answeredAt: '2027-03-01T13:59:00.000Z' },
  'offer-condition-lapsed': { ...aboutPost, condition: 'Диплом', expiresAt: agreed.until, waiting: '–' },
  'offer-declined': { ...aboutPost, answeredAt: '2027-03-01T13:59:00.000Z', waiting: 'MAT-002: 1–3' },
  'offer-lapsed': { ...aboutPost, expiresAt: '2027-03-01T13:59:00.000Z', waiting: '–' },
  'remedy-next': { ...aboutApplication, vacancies: 'MAT-001, MAT-002' },
  'remedy-place': { ...aboutApplication, vacancies: 'MAT-001' },
  'remedy-intake': { ...aboutApplication, vacancies: 'MAT-001', until: '2027-12-31' },
  'waiting-changed': { ...aboutPost, before: 1, posts: 3, place: '1–4' },
  'exchange-opened': { ...aboutApplication, until: '2027-03-01T13:59:00.000Z' },
  'exchange-joined': agreed,
  'exchange-left': agreed,
  'elsewhere-opened': { ...aboutApplication, other: 'KZ-61', until: '2027-03-01T13:59:00.000Z' },
  'elsewhere-joined': { ...agreed, other: 'KZ-61' },
  'elsewhere-left': { ...aboutApplication, other: 'KZ-61', at: '2027-02-25T13:59:00.000Z' },
  'elsewhere-handed': { ...agreed, other: 'KZ-61' },
  'elsewhere-unchosen': { ...aboutApplication, other: 'KZ-61' },
  'elsewhere-placed': { ...aboutApplication, other: 'KZ-61' },
  'elsewhere-late': { ...aboutApplication, other: 'KZ-61' },
  'elsewhere-stopped': { ...aboutApplication, other: 'KZ-61' },
  'elsewhere-post': { ...aboutApplication, other: 'KZ-61' },
  'elsewhere-none': { ...aboutApplication, other: 'KZ-61' },
  'elsewhere-accepted': { ...aboutApplication, other: 'KZ-61', on: '2022-11-22' },
  'elsewhere-conflict': { ...aboutApplication, other: 'KZ-61', on: '2022-11-22' },
  'elsewhere-returned': { ...aboutApplication, other: 'KZ-61' },
  'elsewhere-over': { ...aboutApplication, other: 'KZ-61' },
  'onboarding-released': { ...aboutPost, until: '2027-09-01', entryUntil: '2027-12-31' },
  'onboarding-deferred': { ...aboutPost, until: '2027-09-01' },
  'onboarding-not-deferred': { ...aboutPost, until: '2027-09-01' },
  'onboarding-reminder': { ...aboutPost, count: 2, dueAt: '2027-03-01T13:59:00.000Z' },
  'same-iin': aboutApplication,
  'mailbox-changed': { changedAt: '2027-03-01T13:59:00.000Z' },
  'sign-in-code': { code: '012345', minutes: 10 },
  'mailbox-code': { code: '012345', minutes: 10 },
};
const templates: MailTemplate[] = [
  'offer-made',
  'offer-made-kept',
  ...(['offer-reminder', 'offer-reminder-ahead', 'offer-accepted-ahead'] as const),
  'offer-accepted',
  'offer-conditional',
  'offer-condition-reminder',
  'offer-condition-met',
  'offer-condition-lapsed',
  ...(['offer-declined', 'offer-lapsed'] as const),
  ...(['onboarding-reminder', 'onboarding-deferred'] as const),
  ...(['onboarding-not-deferred', 'onboarding-released'] as const),
  'waiting-changed',
  ...(['remedy-next', 'remedy-place', 'remedy-intake'] as const),
  ...(['exchange-opened', 'exchange-joined', 'exchange-left'] as const),
  ...(['elsewhere-opened', 'elsewhere-joined', 'elsewhere-left', 'elsewhere-handed'] as const),
  ...(['elsewhere-unchosen', 'elsewhere-placed', 'elsewhere-late', 'elsewhere-stopped'] as const),
  ...(['elsewhere-post', 'elsewhere-none', 'elsewhere-accepted', 'elsewhere-conflict'] as const),
  ...(['elsewhere-returned', 'elsewhere-over'] as const),
  'application-submitted',
  'application-amended',
  'document-infected',
  'document-unreadable',
  'committee-document-unreadable',
  ...(['inquiry-made', 'inquiry-reminder', 'inquiry-answered', 'inquiry-withdrawn'] as const),
  'reference-asked',
  'reference-reminder',
  'guest-invited',
  'application-withdrawn',
  'deadline-extended',
  'round-cancelled',
  ...(['interview-booked', 'interview-set', 'interview-restored'] as const),
  ...(['interview-moved', 'committee-interview-moved', 'interview-cancelled'] as const),
  ...(['owed-interview-granted', 'owed-interview-set', 'owed-interview-cancelled'] as const),
  ...(['interview-called-off', 'claim-filed', 'claim-decided', 'committee-offers-held'] as const),
  ...(['committee-claim-due', 'committee-claim-overdue', 'committee-score-reported'] as const),
  ...(['committee-screening-waits', 'committee-scores-given', 'committee-screening-reminder'] as const),
  ...(['committee-vote-waits', 'committee-ballot-waits', 'committee-scores-reminder'] as const),
  ...(['committee-vote-reminder', 'committee-ballot-reminder', 'result-corrected'] as const),
  ...(['screening-admitted', 'screening-refused', 'interview-invited', 'not-shortlisted'] as const),
  ...(['results-preliminary', 'results-final', 'no-post'] as const),
  ...(['committee-scorecards-reminder', 'same-iin', 'mailbox-changed'] as const),
  ...(['referee-answered', 'referee-declined', 'committee-times-engaged'] as const),
  ...(['correction-asked', 'erasure-asked', 'consent-withdrawn', 'data-request-done'] as const),
  ...(['data-request-refused', 'erasure-begun'] as const),
  'sign-in-code',
  'mailbox-code',
];
const everyLetter = templates.flatMap((template) => locales.map((locale) => ({ template, locale })));

const needs = (catalogue: Record<string, string>) =>
  Object.entries(catalogue).map(([key, text]) => [key, placeholdersOf(text)]);

describe('letters', () => {
  it('has a test for every template', () => {
    expect(templates.toSorted()).toEqual(Object.keys(letterFacts).toSorted());
  });

  it.for(everyLetter)('$template in $locale says everything and leaves no hole', ({ template, locale }) => {
    const { subject, text } = renderLetter({ template, facts: facts[template] }, locale, sender);

    expect(subject).toMatch(/\S/);
    expect(subject).not.toContain('\n');
    expect(`${subject}${text}`).not.toMatch(/[{}]|undefined|\d{4}-\d{2}-\d{2}/);
  });

  it.for(everyLetter)('$template in $locale links to the front page only', ({ template, locale }) => {
    const { text } = renderLetter({ template, facts: facts[template] }, locale, sender);

    const secret = template === 'guest-invited' ? '/enrol#a-token' : '';
    const form = template.startsWith('reference-') ? '/reference#a-token' : secret;
    expect(text.match(/https?:\S+/g)).toEqual([`https://irikteu.example/${locale}${form}`]);
  });

  it.for(locales)('tells the new deadline with its zone in %s', (locale) => {
    const { text } = renderLetter(
      { template: 'deadline-extended', facts: facts['deadline-extended'] },
      locale,
      sender,
    );

    expect(text).toMatch(/18:59.*UTC\+05:00/);
  });

  it('tells moments as the clocks of the round show them, not those of another region', () => {
    const then = { ...facts['deadline-extended'], closesAt: '2022-10-04T12:00:00.000Z', zone: 'Asia/Aqtau' };
    const { text } = renderLetter({ template: 'deadline-extended', facts: then }, 'en', sender);

    expect(text).toContain('17:00 (UTC+05:00)');
  });

  it('keeps the sign-in code as it is typed, and out of the subject', () => {
    const letter = { template: 'sign-in-code', facts: facts['sign-in-code'] } as const;
    const { subject, text } = renderLetter(letter, 'ru', sender);

    expect(text).toContain('012345');
    expect(text).toContain('10 минут');
    expect(subject).not.toContain('012345');
  });

  it('refuses a letter whose facts are not what it needs', () => {
    expect(() =>
      renderLetter({ template: 'deadline-extended', facts: { roundId, intake, zone } }, 'kk', sender),
    ).toThrow();
    expect(() =>
      renderLetter({ template: 'round-cancelled', facts: { roundId: 'X', intake, zone } }, 'kk', sender),
    ).toThrow();
  });

  it.for(['kk', 'ru'] as const)('needs the same facts in %s as in English', (locale) => {
    expect(needs(letterCatalogues[locale])).toEqual(needs(letterCatalogues.en));
  });
});
