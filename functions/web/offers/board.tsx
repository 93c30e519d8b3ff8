import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as z from 'zod';
import { namedIn } from '#functions/commands/closed-items.ts';
import { postCounts } from '#functions/commands/offer-board.ts';
import { offerLetter, postFacts } from '#functions/commands/offer-messages.ts';
import { type OfferPreview as Board, previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers, stopOffers } from '#functions/commands/offer-release.ts';
import { pairsOn } from '#functions/commands/partners.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { statusOf } from '#functions/http/problem.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { answerBy } from '#shared/domain/offer.ts';
import type { Pairing } from '#shared/domain/partner.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import { locales } from '#shared/i18n/index.ts';
import { refuse } from '#shared/result.ts';
import { roundIdOf } from '../acting.ts';
import { acknowledgementIn, type Refused, refusedOver } from '../alarms.tsx';
import { ClosedItems } from '../closed-items.tsx';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary } from '../fields.tsx';
import { type FieldError, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { pageAsked, partAsked } from '../paged.tsx';
import { Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { HeldParts } from './held-parts.tsx';
import { KeptPosts } from './kept.tsx';
import { GoOn, Letting, StopForm } from './letting.tsx';
import { type MadePart, MadeTable, madeParts } from './made-table.tsx';
import { Pairs } from './pairs.tsx';
import { WaitingTable } from './waiting-table.tsx';
import { type Letter, Wave } from './wave.tsx';

const noRound: Refusal = { kind: 'not-found', what: 'round' };

/** Who has which post, who is asked, who waits; and the offers that the administrator may let go out. */
export const showBoard = (deps: WebDeps) => async (c: Context) => await boardPage(deps, c);

/** How many offers the next part is to have, where the address says so. */
const nextAsked = (c: Context): number | undefined =>
  z.coerce.number().int().min(1).safeParse(c.req.query('part')).data;

/** A form that was refused, with what was typed for it. */
type Again = { release?: Refused; stop?: Typed; errors: readonly FieldError[]; status: ContentfulStatusCode };

const boardPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const roundId = roundIdOf(c);
  const by = requireActor(c, rolesFor('offer.read'));
  const next = nextAsked(c);
  const found = roundId ? await previewOffers(deps, { by, roundId, next }) : refuse(noRound);
  if (!found.ok) return refusalPage(c, found.error);
  const board = found.value;
  const [letters, pairs, names] = await Promise.all([
    lettersOf(deps, board),
    pairsOn(deps, board),
    namesOf(deps, namedIn(board.closed)),
  ]);
  const mayRelease = by.role === 'administrator';
  return c.html(
    <BoardPage
      view={viewOf(c)}
      board={board}
      names={names}
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
  const through = Through.safeParse(one(typed, 'through'));
  if (!through.success) return refusalPage(c, { kind: 'changed-meanwhile' });
  const confirmed = Number(one(typed, 'confirmed'));
  const said = { confirmed, through: through.data, acknowledged: acknowledgementIn(typed) };
  const released = await releaseOffers(deps, { by, roundId, ...said });
  if (!released.ok) {
    const refused = refusedOver(released.error, { t: viewOf(c).t, typed });
    if (!refused) return refusalPage(c, released.error);
    const { errors } = refused;
    return await boardPage(deps, c, { release: refused, errors, status: statusOf(released.error) });
  }
  return c.redirect(`${paths.offers(viewOf(c).t.locale, roundId)}?done=offer.done.released`, 303);
};

/** Up to which place of the ranking; empty in the form that lets everybody go. */
const Through = z.union([z.literal('').transform(() => undefined), z.coerce.number().int().min(1)]);

/** Lets no offer go out until the next release, for a reason. */
export const postStop = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, noRound);
  const by = requireActor(c, rolesFor('offer.release'));
  const typed = await readTyped(c);
  const stopped = await stopOffers(deps, { by, roundId, reason: one(typed, 'stopReason') });
  const { t } = viewOf(c);
  if (stopped.ok) return c.redirect(`${paths.offers(t.locale, roundId)}?done=offer.done.stopped`, 303);
  const wrong = reasonError(stopped.error, t, 'stopReason');
  if (!wrong) return refusalPage(c, stopped.error);
  return await boardPage(deps, c, { stop: typed, errors: [wrong], status: statusOf(stopped.error) });
};

/** The first letter as it would be written now, in each language. */
const lettersOf = async (deps: WebDeps, board: Board): Promise<Letter[]> => {
  const first = board.part.offers.find(({ applicationId }) => !board.wall(applicationId));
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

type PageProps = {
  view: View;
  board: Board;
  names: ReadonlyMap<PersonId, string>;
  letters: readonly Letter[];
  pairs: readonly Pairing[];
  mayRelease: boolean;
  again: Again | undefined;
  page: number;
  show: MadePart;
};

const BoardPage = (props: PageProps) => {
  const { view, board, letters, pairs, mayRelease, again, page, show } = props;
  const { t } = view;
  const { round, file, waiting, closed } = board;
  const refused = again?.release;
  return (
    <Page
      view={view}
      title={t('offer.board.title')}
      caption={textIn(t, file.title)}
      failed={again !== undefined}
      back={{ href: paths.managed(t.locale, round.id) }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <HeldParts t={t} held={board.held} zone={file.timeZone} />
      <Outcome view={view} board={board} />
      <KeptPosts t={t} board={board} />
      {pairs.length > 0 && <Pairs view={view} board={board} pairs={pairs} />}
      <Letting view={view} board={board} />
      {waiting.length > 0 && (
        <Wave view={view} board={board} letters={letters} mayRelease={mayRelease} again={refused} />
      )}
      {mayRelease && waiting.length === 0 && <GoOn t={t} board={board} again={refused} />}
      {mayRelease && <StopForm t={t} board={board} typed={again?.stop} errors={again?.errors} />}
      <p>
        <a href={paths.capacities(t.locale, round.id)}>{t('capacity.link')}</a>
      </p>
      <p>
        <a href={paths.remedies(t.locale, round.id)}>{t('remedy.title')}</a>
      </p>
      <p>
        <a href={paths.past(t.locale, round.id, 'at', '?page=/offers')}>{t('replay.page.other')}</a>
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
      <ClosedItems t={t} closed={closed} names={props.names} />
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
