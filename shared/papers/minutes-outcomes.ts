import type { Instant } from '#shared/domain/time.ts';
import type { Minutes } from './minutes.ts';
import { crossedSaid } from './minutes-crossed.ts';
import { byNumber, compare, dayOf, listed, type Numbered } from './minutes-listed.ts';
import { offeringBlocks, throughText } from './minutes-offering.ts';
import { remediesSaid } from './minutes-remedies.ts';
import type { MinutesOffer } from './offering.ts';
import type { PaperBlock, PaperColumn, PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** By what rule posts were given out, every offer by vacancy in the order of the answers, and whether there was a second chance. */
export const offersSection = (minutes: Minutes, t: PaperTranslator): PaperSection => {
  const { offers, exchange, zone } = minutes;
  const answered = (answer: MinutesOffer['answer']): number =>
    offers.filter((offer) => offer.answer === answer).length;
  const { heading, blocks } = listed(t('papers.offers.heading'), t('papers.offers.none'), {
    intro: t('papers.offers.intro', {
      total: offers.length,
      accepted: answered('accepted'),
      declined: answered('declined'),
      lapsed: answered('lapsed'),
      closed: answered('closed'),
    }),
    columns: [
      { title: t('papers.offers.vacancy'), width: 'fit', align: 'start' },
      { title: t('papers.offers.school'), width: 'rest', align: 'start' },
      { title: t('papers.applications.number'), width: 'fit', align: 'start' },
      { title: t('papers.offers.answer'), width: 'fit', align: 'start' },
      { title: t('papers.offers.day'), width: 'fit', align: 'start' },
    ],
    rows: offers
      .toSorted(byVacancy)
      .map((offer) => [
        offer.vacancy,
        `${t.locale === 'ru' ? offer.school.ru : offer.school.kk}, ${t(`application-form.subjects.${offer.subject}`)}${throughText(offer, minutes, t)}`,
        offer.number,
        t(`papers.answer.${offer.answer}`),
        dayOf(offer.answeredAt, zone, t),
      ]),
  });
  const later = [...remediesSaid(minutes, t), ...exchangeSaid(exchange, zone, t), ...crossedSaid(minutes, t)];
  return {
    heading,
    blocks: [
      ...offeringBlocks(minutes, t),
      ...blocks,
      ...later.map((text): PaperBlock => ({ kind: 'text', text })),
    ],
  };
};

const exchangeSaid = (exchange: Minutes['exchange'], zone: string, t: PaperTranslator): string[] => {
  if (!exchange) return [];
  const { openedAt, asked, participants, offers: made } = exchange;
  return [t('papers.offers.exchange', { day: t.day(openedAt, zone), asked, participants, offers: made })];
};

/**
 * How many posts were filled and how many were not, in words that nobody has to calculate. Posts beyond the round's limit are told apart; no
 * district is then said to have left posts empty, since the limit holds for the round and not for a district.
 */
export const postsSection = ({ posts }: Minutes, t: PaperTranslator): PaperSection => {
  const { total, offerable, filled, groups } = posts;
  const isLimited = offerable < total;
  const row = (name: string, of: { total: number; filled: number }): string[] => [
    name,
    t.number(of.total),
    t.number(of.filled),
    ...(isLimited ? [] : [t.number(of.total - of.filled)]),
  ];
  const table: PaperBlock = {
    kind: 'table',
    columns: [
      { title: t('papers.posts.group'), width: 'rest', align: 'start' },
      { title: t(isLimited ? 'papers.posts.register' : 'papers.posts.total'), width: 'fit', align: 'end' },
      { title: t('papers.posts.filled'), width: 'fit', align: 'end' },
      ...(isLimited
        ? []
        : [{ title: t('papers.posts.unfilled'), width: 'fit', align: 'end' } satisfies PaperColumn]),
    ],
    rows: [...groups.map((group) => row(group.name, group)), row(t('papers.posts.all'), posts)],
    totals: true,
  };
  return {
    heading: t('papers.posts.heading'),
    blocks: [
      {
        kind: 'text',
        text: t('papers.posts.sum', { total: offerable, filled, unfilled: offerable - filled }),
        strong: true,
      },
      ...(isLimited ? [beyondLimit(posts, t)] : []),
      ...(groups.length > 0 ? [table] : []),
    ],
  };
};

const beyondLimit = ({ total, offerable }: Minutes['posts'], t: PaperTranslator): PaperBlock => ({
  kind: 'text',
  text: t('papers.posts.limited', { total, beyond: total - offerable }),
});

export const placementsSection = ({ placements, zone }: Minutes, t: PaperTranslator): PaperSection =>
  listed(t('papers.placements.heading'), t('papers.placements.none'), {
    columns: [
      { title: t('papers.offers.vacancy'), width: 'rest', align: 'start' },
      { title: t('papers.applications.number'), width: 'rest', align: 'start' },
      { title: t('papers.placements.completed'), width: 'rest', align: 'start' },
    ],
    rows: placements
      .toSorted(byVacancy)
      .map(({ number, vacancy, completedAt }) => [
        vacancy,
        number,
        completedAt === undefined ? t('papers.placements.notCompleted') : dayOf(completedAt, zone, t),
      ]),
  });

const byVacancy = (
  a: Numbered & { vacancy: string; answeredAt?: Instant | undefined },
  b: Numbered & { vacancy: string; answeredAt?: Instant | undefined },
): number =>
  compare(a.vacancy, b.vacancy) || compare(a.answeredAt ?? '~', b.answeredAt ?? '~') || byNumber(a, b);
