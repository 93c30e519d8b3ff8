import * as z from 'zod';
import { ApplicationNumber, RoundId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import type { LetterTemplate } from '#shared/domain/letter-template.ts';
import { RegionCode, regions } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import en from '#shared/i18n/en/letters.json' with { type: 'json' };
import { type Translator, translator } from '#shared/i18n/index.ts';
import kk from '#shared/i18n/kk/letters.json' with { type: 'json' };
import type { Locale } from '#shared/i18n/locale.ts';
import { type Facts, fill } from '#shared/i18n/message.ts';
import ru from '#shared/i18n/ru/letters.json' with { type: 'json' };
import { letterHtml } from '#shared/letter-html.ts';

/** `zone` is the round's: its moments are told as clocks there show them. */
const aboutRound = { roundId: RoundId, intake: z.string(), zone: z.string() };
const aboutApplication = { ...aboutRound, number: ApplicationNumber };

/** To somebody without an account, whom an applicant named. `token` is the secret part of the link. */
const toReferee = z.object({ ...aboutRound, referee: z.string(), applicant: z.string(), token: z.string() });

type RefereeTemplate = 'reference-asked' | 'reference-reminder';

/** To a colleague of another region; `token` is the secret part of the link. */
const toGuest = z.object({
  ...aboutRound,
  guest: z.string(),
  until: Instant,
  linkUntil: Instant,
  token: z.string(),
});

const aboutSubmission = z.object({ ...aboutApplication, submittedAt: Instant, receipt: Sha256 });

/** A request about the own data, and by when it is answered. */
const aboutRequest = { zone: z.string(), filedAt: Instant, dueAt: Instant };

/** A post that an application was offered, and its school in the languages of the register. */
const aboutPost = {
  ...aboutApplication,
  vacancy: VacancyCode,
  school: z.string(),
  locality: z.string(),
};

/** `other` is the code of another region, told by its name. */
const aboutElsewhere = { ...aboutApplication, other: RegionCode };

/** How much waits for a member of the committee or a guest, and by when the stage should end. Of no application: raters are blind. */
const aboutWork = z.object({ ...aboutRound, count: z.int().min(1), dueAt: Instant });

const aboutVote = z.object({ ...aboutRound, dueAt: Instant });

/** Places on waiting lists, in digits; letters that were written down before they said them have none. */
const waiting = z.string().default('–');

/** Letters with a code, which never lie in the outbox. */
export type CodeTemplate = 'sign-in-code' | 'mailbox-code';

/** The codes in them are covered from whoever may only look on. */
export const codeTemplates: ReadonlySet<string> = new Set<CodeTemplate>(['sign-in-code', 'mailbox-code']);

/**
 * What each letter says, besides who gets it: the facts that its outbox row must carry. Codes never lie in the
 * outbox.
 */
export const letterFacts = {
  'application-submitted': aboutSubmission,
  'application-amended': aboutSubmission,
  'application-withdrawn': z.object({ ...aboutApplication, withdrawnAt: Instant }),
  'deadline-extended': z.object({ ...aboutRound, closesAt: Instant }),
  'round-cancelled': z.object(aboutRound),
  'document-infected': z.object(aboutApplication),
  'document-unreadable': z.object(aboutApplication),
  'committee-document-infected': z.object(aboutApplication),
  'committee-document-unreadable': z.object(aboutApplication),
  'committee-judge-again': z.object(aboutApplication),
  'inquiry-made': z.object({ ...aboutApplication, dueAt: Instant }),
  'inquiry-reminder': z.object({ ...aboutApplication, dueAt: Instant }),
  'inquiry-answered': z.object({ ...aboutApplication, at: Instant }),
  'inquiry-withdrawn': z.object(aboutApplication),
  'interview-booked': z.object({ ...aboutApplication, startsAt: Instant }),
  'interview-set': z.object({ ...aboutApplication, startsAt: Instant }),
  'interview-restored': z.object({ ...aboutApplication, startsAt: Instant }),
  'interview-moved': z.object({ ...aboutApplication, before: Instant, startsAt: Instant }),
  'committee-interview-moved': z.object({ ...aboutApplication, before: Instant, startsAt: Instant }),
  'committee-times-engaged': z.object({ ...aboutRound, count: z.int().min(1), startsAt: Instant }),
  'interview-cancelled': z.object({ ...aboutApplication, startsAt: Instant }),
  'interview-called-off': z.object({ ...aboutApplication, startsAt: Instant }),
  'interview-unbooked': z.object({ ...aboutApplication, lastFree: Instant }),
  'interview-reminder': z.object({ ...aboutApplication, startsAt: Instant }),
  'owed-interview-granted': z.object(aboutApplication),
  'owed-interview-set': z.object({ ...aboutApplication, startsAt: Instant }),
  'owed-interview-cancelled': z.object({ ...aboutApplication, startsAt: Instant }),
  'claim-filed': z.object({ ...aboutApplication, filedAt: Instant }),
  'claim-decided': z.object({ ...aboutApplication, decidedAt: Instant }),
  'claim-withdrawn': z.object({ ...aboutApplication, withdrawnAt: Instant }),
  'claim-reopened': z.object({ ...aboutApplication, reopenedAt: Instant }),
  'committee-claim-due': z.object({ ...aboutApplication, dueAt: Instant }),
  'committee-claim-overdue': z.object({ ...aboutApplication, dueAt: Instant }),
  'committee-letters-wait': z.object({ ...aboutRound, count: z.int().min(1) }),
  'committee-offers-held': z.object({ ...aboutRound, count: z.int().min(1) }),
  'committee-score-reported': z.object(aboutApplication),
  'committee-screening-waits': aboutWork,
  'committee-scores-given': aboutWork,
  'committee-vote-waits': aboutVote,
  'committee-ballot-waits': aboutVote,
  'committee-screening-reminder': aboutWork,
  'committee-scores-reminder': aboutWork,
  'committee-scorecards-reminder': aboutWork,
  'committee-vote-reminder': aboutVote,
  'committee-ballot-reminder': aboutVote,
  'result-corrected': z.object({ ...aboutApplication, correctedAt: Instant }),
  'screening-admitted': z.object(aboutApplication),
  'screening-refused': z.object(aboutApplication),
  'interview-invited': z.object(aboutApplication),
  'not-shortlisted': z.object(aboutApplication),
  'results-preliminary': z.object({ ...aboutApplication, claimsCloseAt: Instant }),
  'results-final': z.object(aboutApplication),
  'no-post': z.object(aboutApplication),
  'offer-made': z.object({ ...aboutPost, expiresAt: Instant }),
  'offer-made-kept': z.object({ ...aboutPost, expiresAt: Instant, quota: z.string() }),
  'offer-reminder': z.object({ ...aboutPost, expiresAt: Instant }),
  'offer-reminder-ahead': z.object({ ...aboutPost, expiresAt: Instant }),
  'offer-accepted-ahead': z.object({ ...aboutPost, answeredAt: Instant }),
  'offer-accepted': z.object({ ...aboutPost, answeredAt: Instant }),
  'offer-conditional': z.object({ ...aboutPost, condition: z.string(), expiresAt: Instant }),
  'offer-condition-reminder': z.object({ ...aboutPost, condition: z.string(), expiresAt: Instant }),
  'offer-condition-met': z.object({ ...aboutPost, condition: z.string(), answeredAt: Instant }),
  'offer-condition-lapsed': z.object({ ...aboutPost, condition: z.string(), expiresAt: Instant, waiting }),
  'offer-declined': z.object({ ...aboutPost, answeredAt: Instant, waiting }),
  'offer-lapsed': z.object({ ...aboutPost, expiresAt: Instant, waiting }),
  'waiting-changed': z.object({ ...aboutPost, before: z.int(), posts: z.int(), place: z.string() }),
  'remedy-next': z.object({ ...aboutApplication, vacancies: z.string() }),
  'remedy-place': z.object({ ...aboutApplication, vacancies: z.string() }),
  'remedy-intake': z.object({ ...aboutApplication, vacancies: z.string(), until: z.iso.date() }),
  'exchange-opened': z.object({ ...aboutApplication, until: Instant }),
  'exchange-joined': z.object({ ...aboutApplication, at: Instant, until: Instant }),
  'exchange-left': z.object({ ...aboutApplication, at: Instant, until: Instant }),
  'elsewhere-opened': z.object({ ...aboutElsewhere, until: Instant }),
  'elsewhere-joined': z.object({ ...aboutElsewhere, at: Instant, until: Instant }),
  'elsewhere-left': z.object({ ...aboutElsewhere, at: Instant }),
  'elsewhere-handed': z.object({ ...aboutElsewhere, at: Instant, until: Instant }),
  'elsewhere-unchosen': z.object(aboutElsewhere),
  'elsewhere-placed': z.object(aboutElsewhere),
  'elsewhere-late': z.object(aboutElsewhere),
  'elsewhere-stopped': z.object(aboutElsewhere),
  'elsewhere-post': z.object(aboutElsewhere),
  'elsewhere-none': z.object(aboutElsewhere),
  'elsewhere-accepted': z.object({ ...aboutElsewhere, on: z.string() }),
  'elsewhere-conflict': z.object({ ...aboutElsewhere, on: z.string() }),
  'elsewhere-returned': z.object(aboutElsewhere),
  'elsewhere-over': z.object(aboutElsewhere),
  'onboarding-deferred': z.object({ ...aboutPost, until: z.string() }),
  'onboarding-not-deferred': z.object({ ...aboutPost, until: z.string() }),
  'onboarding-released': z.object({ ...aboutPost, until: z.string(), entryUntil: z.string() }),
  'onboarding-reminder': z.object({ ...aboutPost, count: z.int(), dueAt: Instant }),
  'same-iin': z.object(aboutApplication),
  'referee-answered': z.object({ ...aboutApplication, reference: z.int() }),
  'referee-declined': z.object({ ...aboutApplication, reference: z.int() }),
  'reference-asked': toReferee,
  'reference-reminder': toReferee,
  'guest-invited': toGuest,
  'mailbox-changed': z.object({ changedAt: Instant }),
  'correction-asked': z.object(aboutRequest),
  'erasure-asked': z.object(aboutRequest),
  'consent-withdrawn': z.object({ ...aboutRequest, number: ApplicationNumber }),
  'data-request-done': z.object({ zone: z.string(), filedAt: Instant }),
  'data-request-refused': z.object({ zone: z.string(), filedAt: Instant }),
  'erasure-begun': z.object({ zone: z.string(), erasedAt: Instant }),
  'sign-in-code': z.object({ code: z.string(), minutes: z.int() }),
  'mailbox-code': z.object({ code: z.string(), minutes: z.int() }),
} as const satisfies Record<LetterTemplate | RefereeTemplate | 'guest-invited' | CodeTemplate, z.ZodObject>;

export type MailTemplate = keyof typeof letterFacts;

type LetterKey = keyof typeof en;

/** A key missing from any language is a compile error on this line. */
export const letterCatalogues: Record<Locale, Record<LetterKey, string>> = { kk, ru, en };

/**
 * Where a letter comes from. `origin` is the address of the pages, such as `https://irikteu.kz`. `desk`: it is printed there for
 * somebody without a mailbox, who cannot sign in.
 */
export type Sender = { origin: string; region: RegionCode; desk?: boolean };

/**
 * Writes a letter in one language, as plain text and with the same words as HTML. Its only link is the front page, to a referee that of the form, to a
 * guest that of the invitation: opening any of them changes nothing.
 * @throws when a fact is missing or not what the template needs
 */
export const renderLetter = (
  letter: { template: MailTemplate; facts: unknown },
  locale: Locale,
  sender: Sender,
): { subject: string; text: string; html: string } => {
  const given = letterFacts[letter.template].parse(letter.facts);
  const facts = {
    ...spoken(given, translator(locale)),
    region: regions[sender.region][locale],
    page: `${sender.origin}/${locale}`,
  };
  const say = (key: LetterKey): string => fill(letterCatalogues[locale][key], facts, locale);
  const footer = sender.desk ? 'desk-footer' : footerOf(letter.template);
  const subject = say(`${letter.template}.subject`);
  const parts = [say('greeting'), say(`${letter.template}.body`), say(footer)];
  const text = `${parts.join('\n\n')}\n`;
  return { subject, text, html: letterHtml({ subject, text, locale, origin: sender.origin }) };
};

/** Referees, guests and committees have no application of their own to look at. */
const footerOf = (template: MailTemplate): LetterKey => {
  if (template === 'guest-invited') return 'guest-footer';
  if (template.startsWith('committee-')) return 'committee-footer';
  return template.startsWith('reference-') ? 'referee-footer' : 'footer';
};

/** Instants as a person reads them in the round's zone, with the offset; days as the language writes them; everything else as it is. */
const spoken = (facts: Record<string, string | number>, t: Translator): Facts => {
  const zone = typeof facts['zone'] === 'string' ? facts['zone'] : undefined;
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => {
      const instant = Instant.safeParse(fact);
      if (instant.success) return [name, t.moment(instant.data, zone)];
      const region = RegionCode.safeParse(fact);
      if (region.success) return [name, regions[region.data][t.locale]];
      const midnight = Instant.safeParse(`${fact}T00:00:00.000Z`);
      return [name, midnight.success ? t.day(midnight.data, 'UTC') : fact];
    }),
  );
};
