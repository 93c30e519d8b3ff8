import type { Context } from 'hono';
import * as z from 'zod';
import { type GuestView, guestsView } from '#functions/commands/guest-views.ts';
import { endGuest, inviteGuest, writeGuestAgain } from '#functions/commands/guests.ts';
import type { CommitteeCommand, Workplace } from '#functions/commands/workplace.ts';
import { regionName } from '#shared/domain/region.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary } from '../fields.tsx';
import { dateOf, fieldErrors, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { type Colour, Facts, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { type Again, Inviting } from './inviting.tsx';

export const showGuests = (deps: WebDeps) => async (c: Context) => await guestsPage(deps, c);

const guestsPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = roundCommand(c, 'guest.keep');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await guestsView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const props = { view: viewOf(c), own: deps.region, again, ...found.value };
  return c.html(<GuestsPage {...props} />, again ? 422 : 200);
};

export const postInvitation = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'guest.keep');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const form = await readTyped(c);
  const typed = {
    name: one(form, 'name'),
    mail: one(form, 'mail'),
    locale: one(form, 'locale'),
    region: one(form, 'region'),
    applications: one(form, 'applications'),
    atMost: one(form, 'atMost'),
    until: dateOf(form, 'until'),
  };
  const invited = await inviteGuest(deps, { ...command.value, typed });
  if (invited.ok) return doneAt(c, command.value, 'guests.done.invited');
  return invited.error.kind === 'invalid'
    ? await guestsPage(deps, c, { typed, errors: fieldErrors(invited.error.faults, t) })
    : refusalPage(c, invited.error);
};

export const postLetter = (deps: WebDeps) => async (c: Context) => {
  const command = guestCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const written = await writeGuestAgain(deps, command.value);
  return written.ok ? doneAt(c, command.value, 'guests.done.written') : refusalPage(c, written.error);
};

export const postEnding = (deps: WebDeps) => async (c: Context) => {
  const command = guestCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const ended = await endGuest(deps, command.value);
  return ended.ok ? doneAt(c, command.value, 'guests.done.ended') : refusalPage(c, ended.error);
};

const guestCommand = (c: Context): Result<CommitteeCommand & { guest: number }, Refusal> => {
  const command = roundCommand(c, 'guest.keep');
  if (!command.ok) return command;
  const number = z.coerce.number().int().min(1).safeParse(c.req.param('guest'));
  return number.success
    ? ok({ ...command.value, guest: number.data })
    : refuse({ kind: 'not-found', what: 'person' });
};

const doneAt = (c: Context, { roundId }: CommitteeCommand, key: string): Response =>
  c.redirect(`${paths.guests(viewOf(c).t.locale, roundId)}?done=${key}`, 303);

type GuestsProps = {
  view: View;
  own: WebDeps['region'];
  place: Workplace;
  guests: readonly GuestView[];
  again: Again | undefined;
};

const GuestsPage = ({ view, own, place, guests, again }: GuestsProps) => {
  const { t } = view;
  return (
    <Page
      view={view}
      title={t('guests.title')}
      caption={textIn(t, place.file.title)}
      failed={again !== undefined}
      back={{ href: paths.committee(t.locale, place.round.id) }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>{t('guests.text')}</p>
      {guests.length === 0 && <p>{t('guests.none')}</p>}
      {guests.map((guest) => (
        <OneGuest view={view} place={place} guest={guest} />
      ))}
      <Inviting view={view} place={place} own={own} again={again} />
    </Page>
  );
};

const colours: Record<GuestView['standing'], Colour> = {
  invited: 'yellow',
  scores: 'green',
  over: 'grey',
  ended: 'grey',
};

const itemsText = (t: View['t'], items: GuestView['guest']['items']): string =>
  items.kind === 'drawn'
    ? t('guests.items.drawn', { count: items.atMost })
    : t('guests.items.named', { count: items.applications.length });

const OneGuest = ({
  view: { t },
  place,
  guest: shown,
}: {
  view: View;
  place: Workplace;
  guest: GuestView;
}) => {
  const { guest, name, contact, standing, asked, given } = shown;
  const { id } = place.round.state;
  const zone = place.file.timeZone;
  const called = name ?? t('guests.number', { number: guest.number });
  // Several guests have the same buttons.
  const whose = <span class="govuk-visually-hidden">{called}</span>;
  const moment = (at: Parameters<typeof t.moment>[0]): string => t.moment(at, zone);
  return (
    <article>
      <h2 class="govuk-heading-m">
        {called} <Tag colour={colours[standing]}>{t(`guests.standing.${standing}`)}</Tag>
      </h2>
      <Facts
        facts={[
          { name: t('guests.region'), value: regionName(guest.region)[t.locale] },
          ...(contact ? [{ name: t('guests.mail'), value: contact.mail }] : []),
          { name: t('guests.items'), value: itemsText(t, guest.items) },
          { name: t('guests.written'), value: moment(guest.writtenAt) },
          ...(guest.joined ? [{ name: t('guests.joined'), value: moment(guest.joined.at) }] : []),
          ...(guest.joined
            ? [
                {
                  name: t('guests.asked'),
                  value: asked.length > 0 ? asked.join(', ') : t('guests.asked.none'),
                },
                { name: t('guests.given'), value: t.number(given) },
              ]
            : []),
          { name: t('guests.until'), value: moment(guest.endedAt ?? guest.until) },
        ]}
      />
      {standing === 'invited' && (
        <form method="post" action={paths.guestLetter(t.locale, id, guest.number)}>
          <Button kind="secondary">
            {t('guests.write')} {whose}
          </Button>
        </form>
      )}
      {(standing === 'invited' || standing === 'scores') && (
        <form method="post" action={paths.guestEnding(t.locale, id, guest.number)}>
          <Button kind="warning">
            {t('guests.end')} {whose}
          </Button>
        </form>
      )}
    </article>
  );
};
