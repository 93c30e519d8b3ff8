import type { Minutes } from './minutes.ts';
import type { MinutesOffer } from './offering.ts';
import type { PaperBlock } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** By what rule posts were given out: mechanism, number, quotas in their order; nothing in minutes of before it was said. */
export const offeringBlocks = ({ offering, zone }: Minutes, t: PaperTranslator): PaperBlock[] => {
  if (!offering) return [];
  const {
    mechanism = 'merit-order-with-choice',
    total,
    openFirst,
    counting,
    editions = [],
    quotas,
  } = offering;
  const keeps = quotas.some(({ kind }) => kind === 'keeps');
  const said = [
    t(`kept.mechanism.${mechanism}`),
    t('call.rules.postsTotal', { count: total }),
    ...(keeps ? [openFirst === undefined ? t('kept.text') : t('kept.textOver', { count: openFirst })] : []),
    ...editions.map(({ at, ...facts }) => t('papers.offers.edition', { ...facts, at: t.moment(at, zone) })),
    ...(counting ? [t(`kept.counting.${counting}`)] : []),
  ];
  return [
    ...said.map((text): PaperBlock => ({ kind: 'text', text })),
    ...(quotas.length > 0 ? [quotaTable(quotas, t)] : []),
  ];
};

const quotaTable = (quotas: NonNullable<Minutes['offering']>['quotas'], t: PaperTranslator): PaperBlock => ({
  kind: 'table',
  columns: [
    { title: t('kept.quota'), width: 'rest', align: 'start' },
    { title: t('papers.offers.quota.kind'), width: 'rest', align: 'start' },
    { title: t('papers.offers.quota.posts'), width: 'fit', align: 'end' },
    { title: t('papers.posts.filled'), width: 'fit', align: 'end' },
    { title: t('papers.offers.quota.through'), width: 'fit', align: 'end' },
  ],
  rows: quotas.map(({ title, kind, precedence, posts, filled, through }) => [
    title[t.locale],
    kind === 'keeps'
      ? t('papers.offers.quota.keptAs', { precedence: precedence ?? 0 })
      : t(`papers.offers.quota.${kind}`),
    t.number(posts),
    t.number(filled),
    kind === 'keeps' ? t.number(through) : t('papers.none'),
  ]),
});

/** The quota through which an offer was made, beside its post. */
export const throughText = ({ reserve }: MinutesOffer, { offering }: Minutes, t: PaperTranslator): string => {
  const quota = offering?.quotas.find(({ code }) => code === reserve);
  return quota ? `; ${t('kept.tag', { quota: quota.title[t.locale] })}` : '';
};
