import { describe, expect, it } from 'vitest';
import { locales } from '#shared/i18n/locale.ts';
import { placeholdersOf } from '#shared/i18n/message.ts';
import { letterCatalogues, letterFacts, type MailTemplate, renderLetter } from '#shared/letters.ts';
import { facts, intake, roundId, zone } from './letter-facts.ts';

const sender = { origin: 'https://irikteu.example', region: 'KZ-19' as const };

const templates: MailTemplate[] = [
  ...(['interview-unbooked', 'interview-reminder'] as const),
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
  'committee-document-infected',
  'committee-document-unreadable',
  'committee-judge-again',
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
  ...([
    'interview-called-off',
    'claim-filed',
    'claim-decided',
    'claim-withdrawn',
    'claim-reopened',
    'committee-offers-held',
    'committee-letters-wait',
  ] as const),
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
