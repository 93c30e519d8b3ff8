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
  const { standing, posts, rankedCount } = offers;
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
        <p>{ownReasonText(t, code, file)}</p>
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
          rows={posts.map(({ post, posts: seats, last }) => [
            nameOf(t, post),
            t.number(seats),
            last ? t.number(last.rank) : t('results.offers.nobody'),
            last?.total === undefined ? '—' : percent(t, last.total),
          ])}
        />
      )}
      {standing.reasons.includes('no-post') && <Change t={t} offers={offers} />}
    </section>
  );
};

/** What would have got somebody without an offer one of the posts, everything else left as it was. */
const Change = ({ t, offers: { standing, posts } }: { t: Translator; offers: OwnOffers }) => {
  const { rank, total } = standing;
  const furthest = furthestOf(posts);
  if (!furthest || rank === undefined) return null;
  const { post, last } = furthest;
  if (last.rank > rank) return <p>{t('results.offers.behind')}</p>;
  if (total === undefined || last.total === undefined) return null;
  const facts = { cutOff: t.number(last.total), post: nameOf(t, post) };
  return (
    <p>
      {last.total > total
        ? t('results.offers.change.limit', { ...facts, own: t.number(total) })
        : t('results.offers.change.tie', facts)}
    </p>
  );
};

type Filled = ChosenPost & Required<Pick<ChosenPost, 'last'>>;

/** The post that went furthest down the ranking. */
const furthestOf = (posts: readonly ChosenPost[]): Filled | undefined =>
  posts
    .flatMap(({ last, ...rest }) => (last ? [{ ...rest, last }] : []))
    .reduce<Filled | undefined>((far, one) => (far && far.last.rank > one.last.rank ? far : one), undefined);

const nameOf = (t: Translator, post: Vacancy): string => `${post.code}, ${schoolName(t, post)}`;

const percent = (t: Translator, value: number): string => t('results.percent', { value: t.number(value) });
