import type { Context } from 'hono';
import { type Assisted, enterPerson, peopleAtDesk } from '#functions/commands/assistance.ts';
import { deskWorker } from '#functions/http/applicant.ts';
import { statusOf } from '#functions/http/problem.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { waitingLetters } from '#shared/domain/person.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Table, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { ContactFields, type TypedContact } from './contact.tsx';

/** Everybody who was entered here, and the form to enter somebody. */
export const showDesk = (deps: WebDeps) => async (c: Context) => {
  const people = await peopleAtDesk(deps, deskWorker(c));
  return c.html(<DeskPage view={viewOf(c)} people={people} next={deps.chance.id()} />);
};

export const postPerson = (deps: WebDeps) => async (c: Context) => {
  const by = deskWorker(c);
  const typed = await readTyped(c);
  const personId = PersonId.safeParse(one(typed, 'person'));
  if (!personId.success) return await refusalPage(c, nobodyHere);
  const contact = contactIn(typed);
  const entered = await enterPerson(deps, { by, personId: personId.data, typed: contact });
  const view = viewOf(c);
  if (entered.ok) {
    return c.redirect(`${paths.deskPerson(view.t.locale, personId.data)}?done=desk.done.entered`, 303);
  }
  if (entered.error.kind !== 'invalid') return await refusalPage(c, entered.error);
  const refused = { contact, errors: fieldErrors(entered.error.faults, view.t) };
  const people = await peopleAtDesk(deps, by);
  const page = <DeskPage view={view} people={people} next={personId.data} refused={refused} />;
  return c.html(page, statusOf(entered.error));
};

export const contactIn = (typed: Awaited<ReturnType<typeof readTyped>>): TypedContact => ({
  name: one(typed, 'name'),
  phone: one(typed, 'phone'),
  address: one(typed, 'address'),
  locale: one(typed, 'locale'),
});

export const nobodyHere = { kind: 'not-found', what: 'person' } as const;

type DeskProps = {
  view: View;
  people: readonly Assisted[];
  /** Id of the person who is entered next: a button that is pressed twice enters one. */
  next: string;
  refused?: { contact: TypedContact; errors: FieldError[] };
};

const DeskPage = ({ view, people, next, refused }: DeskProps) => {
  const { t } = view;
  const contact = refused?.contact ?? { name: '', phone: '', address: '', locale: 'kk' };
  return (
    <Page view={view} title={t('desk.title')} failed={refused !== undefined} wide>
      <ErrorSummary t={t} errors={refused?.errors} />
      <p class="lead">{t('desk.lead')}</p>
      {people.length === 0 ? (
        <p>{t('desk.none')}</p>
      ) : (
        <Table
          caption={t('desk.people')}
          head={[t('desk.name'), t('desk.applications'), t('desk.letters')]}
          rows={people.map((entered) => [
            <a href={paths.deskPerson(t.locale, entered.person.id)}>{nameOf(entered)}</a>,
            <Applications t={t} of={entered} />,
            <Waiting t={t} of={entered} />,
          ])}
        />
      )}
      <p>
        <a href={paths.sameIin(t.locale)}>{t('desk.sameIin')}</a>
      </p>
      <h2 class="govuk-heading-m">{t('desk.enter')}</h2>
      <p>{t('desk.enter.paper')}</p>
      <form method="post" action={paths.desk(t.locale)} novalidate>
        <Hidden name="person" value={next} />
        <ContactFields t={t} contact={contact} errors={refused?.errors} />
        <Button>{t('desk.enter.submit')}</Button>
      </form>
    </Page>
  );
};

export const nameOf = ({ profile, person }: Assisted): string => profile?.name ?? person.id;

const Applications = ({ t, of }: { t: Translator; of: Assisted }) => (
  <>
    {of.applications.length === 0 && t('common.nothing')}
    {of.applications.map(({ number, stage }) => (
      <>
        <span class="whole">{number}</span> <Tag colour="grey">{t(`apply.stage.${stage}`)}</Tag>{' '}
      </>
    ))}
  </>
);

const Waiting = ({ t, of }: { t: Translator; of: Assisted }) => {
  const count = waitingLetters(of.person).length;
  return count === 0 ? (
    <>{t('common.nothing')}</>
  ) : (
    <Tag colour="yellow">{t('desk.letters.waiting', { count })}</Tag>
  );
};
