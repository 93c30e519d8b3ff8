import type { Context } from 'hono';
import { startApplication } from '#functions/commands/applications.ts';
import { type Assisted, changeContact, personAtDesk } from '#functions/commands/assistance.ts';
import { publicCalls } from '#functions/commands/rounds.ts';
import { deskWorker } from '#functions/http/applicant.ts';
import { statusOf } from '#functions/http/problem.ts';
import { PersonId, RoundId } from '#shared/domain/ids.ts';
import { lettersIn, type Person } from '#shared/domain/person.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { MailField } from '../account/mailbox-routes.tsx';
import { deadlineOf, type PublicCall } from '../calls/facts.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Table, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { ContactFields, type TypedContact } from './contact.tsx';
import { contactIn, nameOf, nobodyHere } from './people.tsx';

/** Somebody without a mailbox: how they are reached, their applications, their letters. */
export const showPerson = (deps: WebDeps) => (c: Context) => page(deps, c);

export const postContact = (deps: WebDeps) => async (c: Context) => {
  const personId = personOf(c);
  if (!personId) return await refusalPage(c, nobodyHere);
  const contact = contactIn(await readTyped(c));
  const changed = await changeContact(deps, { by: deskWorker(c), personId, typed: contact });
  const view = viewOf(c);
  if (changed.ok)
    return c.redirect(`${paths.deskPerson(view.t.locale, personId)}?done=desk.done.contact`, 303);
  if (changed.error.kind !== 'invalid') return await refusalPage(c, changed.error);
  return await page(deps, c, { contact, errors: fieldErrors(changed.error.faults, view.t) });
};

/** Begins an application for the person; one that was begun before is opened. */
export const postBeginning = (deps: WebDeps) => async (c: Context) => {
  const personId = personOf(c);
  if (!personId) return await refusalPage(c, nobodyHere);
  const by = deskWorker(c);
  const found = await personAtDesk(deps, { by, personId });
  if (!found.ok) return await refusalPage(c, found.error);
  const roundId = RoundId.safeParse(one(await readTyped(c), 'round'));
  if (!roundId.success) return await refusalPage(c, { kind: 'not-found', what: 'round' });
  const started = await startApplication(deps, { by: { personId, assistant: by.id }, roundId: roundId.data });
  if (!started.ok) return await refusalPage(c, started.error);
  return c.redirect(paths.application(viewOf(c).t.locale, started.value.id), 303);
};

export const personOf = (c: Context): PersonId | undefined => PersonId.safeParse(c.req.param('person')).data;

/** What was typed into one of the page's forms, and what is wrong with it. */
type Refused = { contact?: TypedContact; mail?: string; errors: FieldError[] };

export const page = async (deps: WebDeps, c: Context, refused?: Refused): Promise<Response> => {
  const personId = personOf(c);
  if (!personId) return await refusalPage(c, nobodyHere);
  const found = await personAtDesk(deps, { by: deskWorker(c), personId });
  if (!found.ok) return await refusalPage(c, found.error);
  const calls = await publicCalls(deps);
  const { value } = found;
  return c.html(
    <PersonPage view={viewOf(c)} assisted={value} calls={calls} refused={refused} />,
    refused ? statusOf({ kind: 'invalid', faults: [] }) : 200,
  );
};

type PersonProps = {
  view: View;
  assisted: Assisted;
  calls: readonly PublicCall[];
  refused?: Refused | undefined;
};

const PersonPage = ({ view, assisted, calls, refused }: PersonProps) => {
  const { t } = view;
  const { person, profile } = assisted;
  const contact = refused?.contact ?? {
    name: profile?.name ?? '',
    phone: profile?.phone ?? '',
    address: profile?.address ?? '',
    locale: profile?.locale ?? 'kk',
  };
  return (
    <Page
      view={view}
      title={nameOf(assisted)}
      failed={refused !== undefined}
      back={{ href: paths.desk(t.locale), text: t('desk.title') }}
      wide
    >
      <ErrorSummary t={t} errors={refused?.errors} />
      <Applications t={t} assisted={assisted} calls={calls} />
      <Letters t={t} assisted={assisted} />
      <h2 class="govuk-heading-m">{t('desk.rights')}</h2>
      <p>
        <a href={paths.data(t.locale, person.id)}>{t('desk.rights.link')}</a>
      </p>
      <h2 class="govuk-heading-m">{t('desk.contact')}</h2>
      <form method="post" action={paths.deskPerson(t.locale, person.id)} novalidate>
        <ContactFields t={t} contact={contact} errors={refused?.errors} />
        <Button kind="secondary">{t('common.save')}</Button>
      </form>
      <TakingOver t={t} person={person} refused={refused} />
    </Page>
  );
};

type TakingOverProps = { t: Translator; person: Person; refused: Refused | undefined };

/** For a person who has a mailbox by now. */
const TakingOver = ({ t, person, refused }: TakingOverProps) => (
  <>
    <h2 class="govuk-heading-m">{t('desk.mailbox')}</h2>
    <p>{t('desk.mailbox.how')}</p>
    <form method="post" action={paths.deskMailbox(t.locale, person.id)} novalidate>
      <MailField t={t} label={t('account.mail')} mail={refused?.mail} errors={refused?.errors} />
      <Button kind="secondary">{t('desk.mailbox.submit')}</Button>
    </form>
  </>
);

type ApplicationsProps = { t: Translator; assisted: Assisted; calls: readonly PublicCall[] };

const Applications = ({ t, assisted: { person, applications }, calls }: ApplicationsProps) => {
  const begun = new Set<string>(
    applications.filter(({ stage }) => stage !== 'withdrawn').map(({ roundId }) => roundId),
  );
  const open = calls.filter(({ round, open: isOpen }) => isOpen && !begun.has(round.id));
  return (
    <>
      <h2 class="govuk-heading-m">{t('desk.applications')}</h2>
      {applications.map(({ id, number, stage }) => (
        <p>
          <a href={paths.application(t.locale, id)}>
            <span class="whole">{number}</span>
          </a>{' '}
          <Tag colour="grey">{t(`apply.stage.${stage}`)}</Tag>{' '}
          {stage === 'submitted' && (
            <a href={paths.receiptPaper(t.locale, id)}>
              {t('apply.receipt.print')} <span class="govuk-visually-hidden">{number}</span>
            </a>
          )}
        </p>
      ))}
      {open.map(({ round, file }) => (
        <form method="post" action={paths.deskBeginning(t.locale, person.id)}>
          <Hidden name="round" value={round.id} />
          <p>
            {textIn(t, file.title)}. {t('call.closesAt', { at: t.moment(deadlineOf(round), file.timeZone) })}
          </p>
          <Button kind="secondary">{t('apply.start.begin')}</Button>
        </form>
      ))}
      {open.length === 0 && applications.length === 0 && <p>{t('desk.noCall')}</p>}
    </>
  );
};

const Letters = ({ t, assisted: { person } }: { t: Translator; assisted: Assisted }) => {
  const letters = lettersIn(person);
  return (
    <>
      <h2 class="govuk-heading-m">{t('desk.letters')}</h2>
      {letters.length === 0 ? (
        <p>{t('desk.letters.none')}</p>
      ) : (
        <Table
          caption={t('desk.letters')}
          hideCaption
          head={[t('desk.letter.written'), t('desk.letter.state'), t('account.action')]}
          rows={letters.map(({ number, letter: { keptAt, handedOver } }) => [
            t.moment(keptAt),
            handedOver ? (
              t('desk.letter.handedOver', {
                at: t.moment(handedOver.at),
                way: t(`desk.letter.way.${handedOver.way}`),
              })
            ) : (
              <Tag colour="yellow">{t('desk.letter.waits')}</Tag>
            ),
            <a href={paths.deskLetter(t.locale, person.id, number)}>
              {t('desk.letter.open')} <span class="govuk-visually-hidden">{t.moment(keptAt)}</span>
            </a>,
          ])}
        />
      )}
    </>
  );
};
