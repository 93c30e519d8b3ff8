import type { Context } from 'hono';
import { type Contact } from '#functions/commands/reference-contact.ts';
import { askReferee, nameReferee, type OwnReference, ownReferences } from '#functions/commands/references.ts';
import { statusOf } from '#functions/http/problem.ts';
import { RefereeId } from '#shared/domain/ids.ts';
import type { Referee } from '#shared/domain/reference.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Refusal, StoredSection } from '#shared/errors.ts';
import { Locale, localeNames, locales, type Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, LinkButton, Select, TextField } from '../fields.tsx';
import { basedOnIn, type FieldError, fieldErrors, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { OtherVersion } from '../other-version.tsx';
import { type Colour, Facts, Source, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { applicationOf, askedOf } from './application.ts';
import { nextAfter } from './tasks.ts';

/** Who is asked for a reference, who has answered, and where they may know it, what. */
export const showReferences = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  const own = asked.ok ? await ownReferences(deps, asked.value) : asked;
  if (!own.ok) return refusalPage(c, own.error);
  const application = await applicationOf(deps, c);
  if (!application.ok) return refusalPage(c, application.error);
  const view = viewOf(c);
  const { id } = own.value.application;
  const next = application.value.draft
    ? nextAfter(view.t.locale, application.value, 'references')
    : paths.application(view.t.locale, id);
  return c.html(<ReferencesPage view={view} id={id} next={next} {...own.value} />);
};

export const showReferee = (deps: WebDeps) => async (c: Context) => await refereePage(deps, c);

/** Names somebody; what was typed comes back with what is wrong with it. */
export const postReferee = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const typed = await readTyped(c);
  const { locale } = viewOf(c).t;
  const contact: Contact = {
    name: one(typed, 'name'),
    position: one(typed, 'position'),
    mail: one(typed, 'mail'),
    relation: one(typed, 'relation'),
    locale: Locale.safeParse(one(typed, 'locale')).data ?? locale,
  };
  const basedOn = basedOnIn(typed);
  const named = await nameReferee(deps, { ...asked.value, slot: slotOf(c), contact, basedOn });
  if (!named.ok) {
    const { error } = named;
    const here = error.kind === 'invalid' || (error.kind === 'changed-meanwhile' && error.stored);
    return here
      ? await refereePage(deps, c, { contact, basedOn, refusal: error })
      : await refusalPage(c, error);
  }
  return c.redirect(`${paths.references(locale, asked.value.applicationId)}?done=common.done.saved`, 303);
};

export const postLetter = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const referee = RefereeId.safeParse(one(await readTyped(c), 'referee'));
  if (!referee.success) return refusalPage(c, { kind: 'not-found', what: 'reference' });
  const letter = await askReferee(deps, { ...asked.value, referee: referee.data });
  if (!letter.ok) return refusalPage(c, letter.error);
  const address = paths.references(viewOf(c).t.locale, asked.value.applicationId);
  return c.redirect(`${address}?done=reference.done.asked`, 303);
};

const slotOf = (c: Context): number => {
  const slot = c.req.param('slot') ?? '';
  return /^[1-9]$/.test(slot) ? Number(slot) : 99;
};

type Again = { contact: Contact; basedOn: number | undefined; refusal: Refusal };

const refereePage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const asked = askedOf(c);
  const own = asked.ok ? await ownReferences(deps, asked.value) : asked;
  if (!own.ok) return refusalPage(c, own.error);
  const found = own.value.slots.find(({ slot }) => slot === slotOf(c));
  if (!found) return refusalPage(c, { kind: 'not-found', what: 'reference' });
  const { id } = own.value.application;
  const view = viewOf(c);
  if (!own.value.open || found.referee?.status === 'given') {
    return c.redirect(paths.references(view.t.locale, id), 303);
  }
  const { slot, referee } = found;
  const page = { view, id, slot, asked: referee?.status === 'asked' };
  const shown = { contact: found.contact, basedOn: referee?.contact.version ?? 0, errors: [] };
  return again
    ? c.html(<RefereePage {...page} {...refusedOf(view.t, again, shown)} />, statusOf(again.refusal))
    : c.html(<RefereePage {...page} {...shown} />);
};

/** What was typed, still based on what its page showed, or by now on what another tab saved and this page shows. */
const refusedOf = (t: Translator, { contact, basedOn, refusal }: Again, shown: { basedOn: number }) => {
  const stored = refusal.kind === 'changed-meanwhile' ? refusal.stored : undefined;
  const errors = fieldErrors(refusal.kind === 'invalid' ? refusal.faults : [], t);
  return { contact, errors, stored, basedOn: stored?.version ?? basedOn ?? shown.basedOn };
};

type PageProps = {
  view: View;
  id: string;
  next: string;
  file: RoundFile;
  open: boolean;
  slots: readonly OwnReference[];
};

const ReferencesPage = ({ view, id, next, file, open, slots }: PageProps) => {
  const { t } = view;
  return (
    <Page
      view={view}
      title={t('apply.task.references')}
      caption={textIn(t, file.title)}
      back={{ href: paths.application(t.locale, id), text: t('apply.toTasks') }}
    >
      <p>{t('reference.text', { count: slots.length })}</p>
      {file.references?.required === false && <p>{t('reference.optional')}</p>}
      <p>{t(file.references?.confidential === true ? 'reference.confidential' : 'reference.shown')}</p>
      {file.references && <Source t={t} of={file.references} />}
      {slots.map((own) => (
        <Slot t={t} id={id} own={own} open={open} zone={file.timeZone} />
      ))}
      <LinkButton href={next}>{t('common.continue')}</LinkButton>
    </Page>
  );
};

const colours: Record<Referee['status'], Colour> = {
  named: 'blue',
  asked: 'yellow',
  given: 'green',
  declined: 'red',
};

type SlotProps = { t: Translator; id: string; own: OwnReference; open: boolean; zone: string };

const Slot = ({ t, id, own, open, zone }: SlotProps) => {
  const { slot, referee } = own;
  return (
    <section class="card">
      <h2 class="govuk-heading-s">{t('reference.number', { number: slot })}</h2>
      {referee && <Named t={t} own={own} referee={referee} zone={zone} />}
      {open && referee?.status !== 'given' && (
        <p>
          <a href={paths.referee(t.locale, id, slot)}>
            {t(referee ? 'reference.change' : 'reference.nameNow')}
          </a>
        </p>
      )}
      {open && referee && askable.has(referee.status) && (
        <form method="post" action={paths.askReferee(t.locale, id, slot)}>
          <Hidden name="referee" value={referee.id} />
          <Button kind="secondary">
            {t(referee.status === 'named' ? 'reference.ask' : 'reference.askAgain')}
          </Button>
        </form>
      )}
    </section>
  );
};

const askable: ReadonlySet<Referee['status']> = new Set(['named', 'asked']);

type NamedProps = { t: Translator; own: OwnReference; referee: Referee; zone: string };

const Named = ({ t, own: { contact, answer }, referee: { status, askedAt }, zone }: NamedProps) => (
  <>
    <p>
      <Tag colour={colours[status]}>{t(`reference.status.${status}`)}</Tag>
    </p>
    <Facts
      facts={[
        { name: t('reference.name'), value: contact?.name ?? '—' },
        { name: t('reference.mail'), value: contact?.mail ?? '—' },
        ...(askedAt ? [{ name: t('reference.askedAt'), value: t.moment(askedAt, zone) }] : []),
        ...(answer ? [{ name: t('reference.answer'), value: <span class="typed">{answer.text}</span> }] : []),
      ]}
    />
  </>
);

type RefereeProps = {
  view: View;
  id: string;
  slot: number;
  asked: boolean;
  contact: Contact | undefined;
  basedOn: number;
  errors: readonly FieldError[];
  stored?: StoredSection | undefined;
};

const RefereePage = ({ view, id, slot, asked, contact, basedOn, errors, stored }: RefereeProps) => {
  const { t } = view;
  const field = (name: 'name' | 'position' | 'relation') => (
    <TextField
      t={t}
      name={name}
      label={t(`reference.${name}`)}
      value={contact?.[name] ?? ''}
      errors={errors}
    />
  );
  return (
    <Page
      view={view}
      title={t('reference.number', { number: slot })}
      caption={t('apply.task.references')}
      failed={errors.length > 0}
      back={{ href: paths.references(t.locale, id) }}
    >
      <ErrorSummary t={t} errors={errors} />
      <p>{t('reference.tell')}</p>
      {asked && <p>{t('reference.oldLink')}</p>}
      {stored && <StoredContact t={t} stored={stored} />}
      <form method="post" action={paths.referee(t.locale, id, slot)} novalidate>
        <Hidden name="basedOn" value={basedOn} />
        {field('name')}
        {field('position')}
        <TextField
          t={t}
          name="mail"
          type="email"
          label={t('reference.mail')}
          value={contact?.mail ?? ''}
          errors={errors}
        />
        {field('relation')}
        <Select
          t={t}
          name="locale"
          label={t('reference.locale')}
          value={contact?.locale ?? t.locale}
          options={locales.map((value) => ({ value, text: localeNames[value] }))}
        />
        <Button>{t('common.saveAndContinue')}</Button>
      </form>
    </Page>
  );
};

const told = ['name', 'position', 'mail', 'relation'] as const;

const StoredContact = ({ t, stored: { fields } }: { t: Translator; stored: StoredSection }) => {
  const locale = Locale.safeParse(fields['locale']).data;
  return (
    <OtherVersion
      t={t}
      title={t('apply.twoVersions')}
      values={[
        ...told.map((name) => ({ name: t(`reference.${name}`), value: fields[name] })),
        { name: t('reference.locale'), value: locale && localeNames[locale] },
      ]}
    />
  );
};
