import type { OfferPreview } from '#functions/commands/offer-preview.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { Details } from '../parts.tsx';
import { paths } from '../paths.ts';
import { type Column, PagedTable } from '../sorted-table.tsx';
import type { View } from '../view.ts';
import { schoolName } from '../words.ts';

type Figures = { post: Vacancy; accepted: number; held: number; ended: number; now: number; later: number };

/** Each post that somebody was offered or is about to be, with its places: a number of posts that was typed wrongly stands at the top (ANCHORS F5). */
export const PostTable = ({ view, board }: { view: View; board: OfferPreview }) => {
  const { t } = view;
  return (
    <Details summary={t('offer.byPost.title')} open={view.query.includes('posts')}>
      <p>{t('offer.byPost.text')}</p>
      <PagedTable
        view={view}
        at={paths.offers(t.locale, board.round.id)}
        name="posts"
        caption={t('offer.byPost.title')}
        hideCaption
        columns={columnsOf(view, board)}
        rows={figuresOf(board)}
      />
    </Details>
  );
};

const figuresOf = ({ vacancies, contenders, waiting, part }: OfferPreview): Figures[] => {
  const offers = contenders.flatMap(({ state }) => state.offers);
  const made = Map.groupBy(offers, ({ vacancy }) => vacancy);
  const next = Map.groupBy(waiting, ({ vacancy }) => vacancy);
  const going = new Set(part.offers.map(({ applicationId }) => applicationId));
  return vacancies
    .flatMap((post): Figures[] => {
      const [own = [], coming = []] = [made.get(post.code), next.get(post.code)];
      if (own.length + coming.length === 0) return [];
      const of = (...among: string[]): number => own.filter(({ status }) => among.includes(status)).length;
      const now = coming.filter(({ applicationId }) => going.has(applicationId)).length;
      const answers = { accepted: of('accepted'), held: of('open'), ended: of('declined', 'lapsed') };
      return [{ post, ...answers, now, later: coming.length - now }];
    })
    .toSorted((a, b) => b.post.posts - a.post.posts);
};

const columnsOf = ({ t }: View, { part }: OfferPreview): Column<Figures>[] => {
  const figure = (name: keyof Omit<Figures, 'post'>, head: string): Column<Figures> => ({
    name,
    head,
    numeric: true,
    by: (row) => row[name],
    cell: (row) => t.number(row[name]),
  });
  return [
    { name: 'post', head: t('offer.vacancy'), by: ({ post }) => post.code, cell: ({ post }) => post.code },
    {
      name: 'school',
      head: t('offer.school'),
      by: ({ post }) => schoolName(t, post),
      cell: ({ post }) => schoolName(t, post),
    },
    {
      name: 'places',
      head: t('offer.byPost.places'),
      numeric: true,
      by: ({ post }) => post.posts,
      cell: ({ post }) => t.number(post.posts),
    },
    figure('accepted', t('offer.byPost.accepted')),
    figure('held', t('offer.byPost.held')),
    figure('ended', t('offer.byPost.ended')),
    figure('now', t('offer.byPost.now')),
    ...(part.through === undefined ? [] : [figure('later', t('offer.byPost.later'))]),
  ];
};
