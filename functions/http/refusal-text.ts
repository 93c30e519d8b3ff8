import type { Context } from 'hono';
import * as z from 'zod';
import { awaitedText } from '#functions/http/awaited-text.ts';
import { FieldName } from '#shared/domain/application-form.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { Stage } from '#shared/domain/stage.ts';
import { Instant } from '#shared/domain/time.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Fault, MissingCards, Refusal } from '#shared/errors.ts';
import { isMessageKey, Locale, negotiateLocale, type Translator, translator } from '#shared/i18n/index.ts';

/*
 * What a refusal says to a person, the same on a page and in a problem document.
 */

/** The language of an answer: that of the address, where it names one, before that of `Accept-Language`. */
export const translatorFor = (c: Context): Translator => {
  const named = Locale.safeParse(c.req.path.split('/')[1]);
  return translator(named.success ? named.data : negotiateLocale(c.req.header('accept-language')));
};

/** A fault of a document with the title that the round file gives it, in the reader's language, in place of its code. */
export const withTitle = (fault: Fault, file: RoundFile, t: Translator): Fault => {
  const requirement = file.documents.find(({ code }) => code === fault.facts?.['requirement'])?.title[
    t.locale
  ];
  return requirement === undefined ? fault : { ...fault, facts: { ...fault.facts, requirement } };
};

/** One fault as a sentence. */
export const faultText = (fault: Fault, t: Translator): string =>
  isMessageKey(fault.message)
    ? t(fault.message, withTimes(withLabel(fault.facts, t), t))
    : t('problems.fault.invalid');

/** A form's field is named to people as its question is. */
const withLabel = (facts: Fault['facts'], t: Translator): Fault['facts'] => {
  const field = FieldName.safeParse(facts?.['field']);
  return field.success ? { ...facts, field: t(`application-form.${field.data}.label`) } : facts;
};

/** A time with its end is told as `when`, by the clock of its round. */
const withTimes = (facts: Fault['facts'], t: Translator): Fault['facts'] => {
  const time = FaultTime.safeParse(facts).data;
  if (!time) return facts;
  const { from, until, zone } = time;
  const isOneDay = dayAt(zone, from) === dayAt(zone, until);
  const end = isOneDay ? t.clock(until, zone) : t.start(until, zone);
  return { ...facts, when: t('panel.fromUntil', { from: t.start(from, zone), until: end }) };
};

const FaultTime = z.object({ from: Instant, until: Instant, zone: z.string() });

/** @param stage of a round, as a refusal or a record names it */
export const stageName = (t: Translator, stage: string): string => {
  const known = Stage.safeParse(stage);
  return known.success ? t(`codes.stage.${known.data}`) : stage;
};

/** The facts of a refusal as sentences, one for each fact that a person can act on. */
export const detailsOf = (refusal: Refusal, t: Translator): string[] => {
  if (refusal.kind === 'invalid') return refusal.faults.map((fault) => faultText(fault, t));
  if (refusal.kind === 'incomplete') return refusal.missing.map((fault) => faultText(fault, t));
  if (refusal.kind === 'committee-incomplete') return refusal.lacks.map((fault) => faultText(fault, t));
  return factsOf(refusal, t);
};

/** The same without the faults, which a problem document lists on their own. */
export const factsOf = (refusal: Refusal, t: Translator): string[] => {
  const facts: string[] = [];
  const at = (instant: Instant) => ({ at: t.moment(instant, 'zone' in refusal ? refusal.zone : undefined) });
  if ('closesAt' in refusal) facts.push(t('problems.detail.closesAt', at(refusal.closesAt)));
  if ('until' in refusal) facts.push(t('problems.detail.until', at(refusal.until)));
  if ('before' in refusal) facts.push(t('problems.detail.before', at(refusal.before)));
  if ('stage' in refusal) facts.push(t('problems.detail.stage', { stage: stageName(t, refusal.stage) }));
  if ('number' in refusal) facts.push(t('problems.detail.number', { number: refusal.number }));
  if ('limit' in refusal) facts.push(t('problems.detail.limit', { count: refusal.limit }));
  if ('expected' in refusal) facts.push(t('problems.detail.expected', { expected: refusal.expected }));
  if (refusal.kind === 'document-not-arrived') {
    const titles = new Set(refusal.awaited?.map(({ title }) => title[t.locale]));
    for (const title of titles) facts.push(t('problems.detail.awaited', { title }));
  }
  if (refusal.kind === 'too-large') {
    facts.push(t('problems.detail.limitBytes', { kilobytes: Math.floor(refusal.limitBytes / 1024) }));
  }
  if (refusal.kind === 'too-many-requests') {
    facts.push(t('problems.detail.retryAfter', { count: refusal.retryAfterMinutes }));
  }
  if (refusal.kind === 'code-wrong') {
    facts.push(t('problems.detail.triesLeft', { count: refusal.triesLeft }));
  }
  facts.push(...committeeFacts(refusal, t), ...recusedFacts(refusal, t));
  return facts;
};

/** So many numbers are named; the page that has them all is a link away. */
const mostNumbers = 20;
const recusedFacts = (refusal: Refusal, t: Translator): string[] =>
  refusal.kind === 'recused-undecided' ? [t('problems.detail.recused', { count: refusal.applications })] : [];

/** The figures by which a committee sees what is missing. */
const committeeFacts = (refusal: Refusal, t: Translator): string[] => {
  switch (refusal.kind) {
    case 'already-decided':
      return [t('problems.detail.decidedAt', { at: t.moment(refusal.decidedAt) })];
    case 'claim-withdrawn':
      return [t('problems.detail.withdrawnAt', { at: t.moment(refusal.withdrawnAt) })];
    case 'ballot-closed':
      return [t('problems.detail.closedAt', { at: t.moment(refusal.closedAt) })];
    case 'not-erasable':
      return [t(`problems.detail.because.${refusal.because}`)];
    case 'no-quorum':
      return [t('problems.detail.quorum', { cast: refusal.cast, needed: refusal.needed })];
    case 'not-carried':
      return [t('problems.detail.votes', { for: refusal.for, against: refusal.against })];
    case 'unfinished-work':
      return [
        t(refusal.of ? `problems.detail.remaining.${refusal.of}` : 'problems.detail.remaining', {
          count: refusal.remaining,
        }),
        ...missingCards(refusal.cards ?? [], t),
        ...owedLeft(refusal, t),
      ];
    case 'beacon-needed': {
      const { round, dueAt, zone } = refusal;
      return [t('beacon.needed', { round: String(round), at: t.moment(dueAt, zone) })];
    }
    case 'seats-taken':
      return [t('problems.detail.seats', { count: refusal.taken })];
    case 'recipients-differ':
      return [
        t('problems.detail.recipients', { recipients: refusal.recipients, confirmed: refusal.confirmed }),
      ];
    default:
      return waitingFacts(refusal, t);
  }
};

/** What a proposal, or the next reminder, waits for. */
const waitingFacts = (refusal: Refusal, t: Translator): string[] => {
  switch (refusal.kind) {
    case 'cards-awaited':
      return refusal.cards.map((one) => awaitedText(one, t));
    case 'confirmations-needed':
      return [t('problems.detail.confirmations', { count: refusal.remaining })];
    case 'ties-open': {
      const { remaining, numbers = [] } = refusal;
      const first = numbers.slice(0, mostNumbers).join(', ');
      return [
        t('problems.detail.ties', { count: remaining }),
        ...(numbers.length > 0 ? [t('problems.detail.tiesOf', { numbers: first })] : []),
      ];
    }
    case 'scans-awaited':
      return [
        t('problems.detail.scans', {
          count: refusal.remaining,
          documents: refusal.documents.map((title) => title[t.locale]).join(', '),
        }),
      ];
    case 'marks-needed':
      return [t('problems.detail.marks', { count: refusal.remaining })];
    case 'further-ratings-due':
      return [t('problems.detail.further', { count: refusal.remaining })];
    case 'reminded-already': {
      const { last, from, zone } = refusal;
      return [t('committee.remind.again', { last: t.moment(last, zone), from: t.moment(from, zone) })];
    }
    case 'answer-held':
      return [t('problems.detail.answeredAt', { at: t.moment(refusal.since, refusal.zone) })];
    case 'copies-needed':
      return [t('problems.detail.copies', { count: refusal.remaining })];
    default:
      return [];
  }
};

/** How many they are, where what remains is something else, and which. */
const owedLeft = (
  { of, interviews }: Extract<Refusal, { kind: 'unfinished-work' }>,
  t: Translator,
): string[] => {
  if (!interviews) return [];
  const { count, numbers } = interviews;
  const named = numbers.slice(0, mostNumbers).join(', ');
  return [
    ...(of === 'owed-interviews' ? [] : [t('problems.detail.remaining.owed-interviews', { count })]),
    ...(numbers.length > 0 ? [t('problems.detail.owed', { numbers: named })] : []),
  ];
};

/** As many as are named; who wants all of them has the plan of the interviews. */
const mostNamed = 12;

const missingCards = (cards: readonly MissingCards[], t: Translator): string[] => {
  const named = cards.slice(0, mostNamed).map(({ number, station, count }) => {
    const whose = station ? t('station.of', { number, title: station[t.locale] }) : number;
    return t('station.missing', { whose, count });
  });
  const more = cards.length - named.length;
  return more > 0 ? [...named, t('station.more', { count: more })] : named;
};

/** What to do about a refusal; a deadline says of what it was, where there is more to say. */
export const helpOf = (refusal: Refusal, t: Translator): string =>
  refusal.kind === 'too-late' && refusal.of
    ? t(`problems.too-late.${refusal.of}`)
    : t(`problems.${refusal.kind}.help`);
