import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { postCounts } from '#functions/commands/offer-board.ts';
import { releaseOffers } from '#functions/commands/offer-making.ts';
import { offerLetter, postFacts } from '#functions/commands/offer-messages.ts';
import { type OfferPreview as Board, previewOffers } from '#functions/commands/offer-preview.ts';
import { partnersOn } from '#functions/commands/partners.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { statusOf } from '#functions/http/problem.ts';
import { answerBy } from '#shared/domain/offer.ts';
import type { WaveOffer } from '#shared/domain/offer-wave.ts';
import type { Pairing } from '#shared/domain/partner.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import { localeNames, locales } from '#shared/i18n/index.ts';
import { refuse } from '#shared/result.ts';
import { roundIdOf } from '../acting.ts';
import { AlarmFields, acknowledgementIn, type Refused, refusedOver } from '../alarms.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { pageAsked, partAsked } from '../paged.tsx';
import { Details, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type Column, PagedTable } from '../sorted-table.tsx';
import { type View, viewOf } from '../view.ts';
import { schoolName, textIn } from '../words.ts';
import { KeptPosts } from './kept.tsx';
import { type MadePart, MadeTable, madeParts, vacancyCell } from './made-table.tsx';
import { Pairs } from './pairs.tsx';
import { WaitingTable } from './waiting-table.tsx';

type Letter = { subject: string; text: string };

const noRound: Refusal = { kind: 'not-found', what: 'round' };

/** Who has which post, who is asked, who waits; and the offers that the administrator may let go out. */
export const showBoard = (deps: WebDeps) => async (c: Context) => await boardPage(deps, c);

/** A release that was refused, with what was typed for it. */
type Again = Refused & { status: ContentfulStatusCode };

const boardPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const roundId = roundIdOf(c);
  const by = requireActor(c, rolesFor('offer.read'));
  const found = roundId ? await previewOffers(deps, { by, roundId }) : refuse(noRound);
  if (!found.ok) return refusalPage(c, found.error);
  const [letters, pairs] = await Promise.all([lettersOf(deps, found.value), partnersOn(deps, found.value)]);
  const mayRelease = by.role === 'administrator';
  return c.html(
    <BoardPage
      view={viewOf(c)}
      board={found.value}
      letters={letters}
      pairs={pairs}
      mayRelease={mayRelease}
      again={again}
      page={pageAsked(c)}
      show={partAsked(c, madeParts, 'all')}
    />,
    again?.status,
  );
};

/** Lets as many go out as the page showed; with another number now, nothing happens (ANCHORS F17). */
export const postRelease = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, noRound);
  const by = requireActor(c, rolesFor('offer.release'));
  const typed = await readTyped(c);
  const said = { confirmed: Number(one(typed, 'confirmed')), acknowledged: acknowledgementIn(typed) };
  const released = await releaseOffers(deps, { by, roundId, ...said });
  if (!released.ok) {
    const refused = refusedOver(released.error, { t: viewOf(c).t, typed });
    if (!refused) return refusalPage(c, released.error);
    return await boardPage(deps, c, { ...refused, status: statusOf(released.error) });
  }
  return c.redirect(`${paths.offers(viewOf(c).t.locale, roundId)}?done=offer.done.released`, 303);
};

/** The first letter as it would be written now, in each language. */
const lettersOf = async (deps: WebDeps, board: Board): Promise<Letter[]> => {
  const [first] = board.wave;
  const post = board.vacancies.find(({ code }) => code === first?.vacancy);
  if (!first || !post) return [];
  const { renderLetter } = await import('#shared/letters.ts');
  const { id: roundId, plan } = board.round.state;
  const { template, ...kept } = offerLetter(board.file, first.reserve);
  const facts = {
    roundId,
    intake: plan.intake,
    zone: plan.timeZone,
    number: first.number,
    ...postFacts(post),
    expiresAt: answerBy(board.file, deps.clock.now()),
    ...kept,
  };
  const sender = { origin: deps.publicOrigin, region: deps.region };
  return locales.map((locale) => renderLetter({ template, facts }, locale, sender));
};

type BoardProps = { view: View; board: Board; letters: readonly Letter[]; mayRelease: boolean };
type WaveProps = BoardProps & { again: Again | undefined };
type PageProps = WaveProps & { pairs: readonly Pairing[]; page: number; show: MadePart };

const BoardPage = ({ view, board, letters, pairs, mayRelease, again, page, show }: PageProps) => {
  const { t } = view;
  const { round, file, wave } = board;
  return (
    <Page
      view={view}
      title={t('offer.board.title')}
      caption={textIn(t, file.title)}
      failed={again !== undefined}
      back={{ href: paths.managed(t.locale, round.id) }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <Outcome view={view} board={board} />
      <KeptPosts t={t} board={board} />
      {pairs.length > 0 && <Pairs view={view} board={board} pairs={pairs} />}
      {wave.length > 0 && (
        <Wave view={view} board={board} letters={letters} mayRelease={mayRelease} again={again} />
      )}
      <p>
        <a href={paths.capacities(t.locale, round.id)}>{t('capacity.link')}</a>
      </p>
      <p>
        <a href={paths.remedies(t.locale, round.id)}>{t('remedy.title')}</a>
      </p>
      {file.exchange && (
        <p>
          <a href={paths.exchange(t.locale, round.id)}>{t('exchange.title')}</a>
        </p>
      )}
      {file.elsewhere && (
        <p>
          <a href={paths.elsewhere(t.locale, round.id)}>{t('elsewhere.title')}</a>
        </p>
      )}
      <MadeTable view={view} board={board} mayConfirm={mayRelease} show={show} />
      <WaitingTable view={view} board={board} page={page} />
    </Page>
  );
};

type Part = { view: View; board: Board };

/** Most posts may stay empty, and that is said plainly. Together they are all posts of the register. */
const Outcome = ({ view: { t }, board }: Part) => {
  const { posts, filled, held, empty, beyondLimit } = postCounts(board);
  return (
    <Facts
      facts={[
        { name: t('offer.board.contenders'), value: t.number(board.contenders.length) },
        { name: t('offer.board.posts'), value: t.number(posts) },
        { name: t('offer.board.filled'), value: t.number(filled) },
        { name: t('offer.board.held'), value: t.number(held) },
        { name: t('offer.board.unfilled'), value: t.number(empty) },
        ...(beyondLimit > 0 ? [{ name: t('offer.board.beyondLimit'), value: t.number(beyondLimit) }] : []),
      ]}
    />
  );
};

const Wave = ({ view, board, letters, mayRelease, again }: WaveProps) => {
  const { t } = view;
  const { wave, round } = board;
  return (
    <>
      <h2 class="govuk-heading-m">{t('offer.board.next')}</h2>
      <p>{t('offer.board.nextText', { count: wave.length })}</p>
      <PagedTable
        view={view}
        at={paths.offers(t.locale, round.id)}
        name="next"
        caption={t('offer.board.next')}
        hideCaption
        columns={columnsOf(t, board)}
        rows={wave}
      />
      {letters.map(({ subject, text }, index) => (
        <Details summary={`${localeNames[locales[index] ?? t.locale]}: ${subject}`}>
          <pre class="letter" lang={locales[index]}>
            {text}
          </pre>
        </Details>
      ))}
      {mayRelease && (
        <form method="post" action={paths.offers(t.locale, round.id)}>
          <Hidden name="confirmed" value={wave.length} />
          <AlarmFields t={t} alarms={board.alarms} refused={again} />
          <Button>{t('offer.board.release', { count: wave.length })}</Button>
        </form>
      )}
    </>
  );
};

const columnsOf = (t: View['t'], board: Board): Column<WaveOffer>[] => {
  const schools = new Map<string, string>(board.vacancies.map((post) => [post.code, schoolName(t, post)]));
  const schoolOf = ({ vacancy }: WaveOffer): string => schools.get(vacancy) ?? '';
  return [
    {
      name: 'number',
      head: t('apply.numberName'),
      by: ({ number }) => number,
      cell: ({ number }) => <span class="whole">{number}</span>,
    },
    {
      name: 'vacancy',
      head: t('offer.vacancy'),
      by: ({ vacancy }) => vacancy,
      cell: (offer) => vacancyCell(t, board, offer),
    },
    { name: 'school', head: t('offer.school'), by: schoolOf, cell: schoolOf },
  ];
};
