import type { ChosenPost, OwnOffers } from '#functions/commands/own-offers.ts';
import type { OwnResult } from '#functions/commands/results.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { ownReasonText } from '#shared/reason-texts.ts';
import { Facts, Table } from '../parts.tsx';
import { schoolName } from '../words.ts';

/** How the offers ended for an application, how far each post that it chose went down the ranking, and what would have got it one. */
export const OwnOffersResult = ({ t, result: { offers, file } }: { t: Translator; result: OwnResult }) => {
  if (!offers) return null;
  const { standing, posts, rankedCount, unsuited } = offers;
  const remedied = posts.flatMap(({ post, isRemedied }) => (isRemedied ? [post.code] : []));
  const own = posts.find(({ post }) => post.code === standing.vacancy)?.post;
  const { rank, total } = standing;
  const facts = [
    { name: t('committee.rank'), value: rank && t('common.of', { position: rank, count: rankedCount }) },
    { name: t('committee.total'), value: total && percent(t, total) },
  ];
  return (
    <section>
      <h2 class="govuk-heading-m">{stageName(t, 'offers')}</h2>
      {own && <p>{t('results.offers.has', { post: nameOf(t, own) })}</p>}
      {standing.reasons.map((code) => (
        <p>{ownReasonText(t, code, file, standing)}</p>
      ))}
      <Facts facts={facts.flatMap(({ name, value }) => (value ? [{ name, value }] : []))} />
      {posts.length > 0 && (
        <Table
          caption={t('results.offers.posts')}
          head={[
            t('results.offers.post'),
            t('results.offers.seats'),
            t('results.offers.lastRank'),
            t('results.offers.lastTotal'),
          ]}
          numeric={[1, 2, 3]}
          rows={posts.map(({ post, posts: seats, last, isRemedied }) => [
            nameOf(t, post),
            t.number(seats),
            last ? t.number(last.rank) : withoutLast(t, isRemedied),
            last?.total === undefined ? '—' : percent(t, last.total),
          ])}
        />
      )}
      {remedied.length > 0 && <p>{t('results.offers.remedied', { posts: remedied.join(', ') })}</p>}
      {unsuited.length > 0 && <p>{t('results.offers.unsuited', { posts: unsuited.join(', ') })}</p>}
      {standing.reasons.includes('no-post') && <Change t={t} offers={offers} />}
    </section>
  );
};

/**
 * Why a post went to somebody behind; else what would have got one of the posts, everything else left as it was. No total would have got one that
 * was given before the results were corrected or before it was chosen.
 */
const Change = ({ t, offers: { standing, posts } }: { t: Translator; offers: OwnOffers }) => {
  const { rank, total } = standing;
  if (rank === undefined) return null;
  const filled = posts.flatMap(({ last, ...rest }) => (last ? [{ ...rest, last }] : []));
  const behind = filled.filter(({ last }) => last.rank > rank);
  if (behind.length > 0) {
    return behind.map(({ post, last }) => (
      <p>{t(`results.offers.behind.${last.asked ?? 'in-between'}`, { post: nameOf(t, post) })}</p>
    ));
  }
  const furthest = furthestOf(filled.filter(({ last: { asked } }) => !asked?.startsWith('before-')));
  const cutOff = furthest?.last.total;
  if (!furthest || total === undefined || cutOff === undefined) return null;
  const { post } = furthest;
  const facts = { cutOff: t.number(cutOff), post: nameOf(t, post) };
  return (
    <p>
      {cutOff > total
        ? t('results.offers.change.limit', { ...facts, own: t.number(total) })
        : t('results.offers.change.tie', facts)}
    </p>
  );
};

type Filled = ChosenPost & Required<Pick<ChosenPost, 'last'>>;

/** The post that went furthest down the ranking. */
const furthestOf = (posts: readonly Filled[]): Filled | undefined =>
  posts.reduce<Filled | undefined>(
    (far, one) => (far && far.last.rank > one.last.rank ? far : one),
    undefined,
  );

const nameOf = (t: Translator, post: Vacancy): string => `${post.code}, ${schoolName(t, post)}`;

const withoutLast = (t: Translator, isRemedied: boolean): string =>
  isRemedied ? '—' : t('results.offers.nobody');

const percent = (t: Translator, value: number): string => t('results.percent', { value: t.number(value) });
