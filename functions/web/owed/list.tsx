import type { Context } from 'hono';
import { namedIn } from '#functions/commands/closed-items.ts';
import {
  type OwedInterviewsView,
  type ShownOwed,
  viewOwedInterviews,
} from '#functions/commands/owed-interview-view.ts';
import { askOwedInterview } from '#functions/commands/owed-interviews.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Stage } from '#shared/domain/stage.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import { ClosedItems } from '../closed-items.tsx';
import { CardCounts, RemindLink, SittingsLink } from '../committee/interview-parts.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, TextArea, TextField } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { workOf } from '../manage/round-of.ts';
import { type Colour, Inset, Table, Tag } from '../parts.tsx';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { FoundBy } from './found-by.tsx';
import { MeantimeNote } from './meantime.tsx';
import { OpenTags } from './open-needs.tsx';
import { owedPaths } from './paths.ts';

type Again = { typed: Typed; errors: readonly FieldError[] };

/** Every interview that was owed in the round, and the form that asks for another one. */
export const showOwedInterviews = (deps: WebDeps) => async (c: Context) => await owedPage(deps, c);

const owedPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = roundCommand(c, 'owed-interview.read');
  const found = command.ok ? await viewOwedInterviews(deps, command.value) : command;
  if (!found.ok) return refusalPage(c, found.error);
  const known = { typed: { application: c.req.query('application') ?? '' }, errors: [] };
  const names = await namesOf(deps, namedIn(found.value.closed));
  const page = <OwedPage view={viewOf(c)} shown={found.value} names={names} form={again ?? known} />;
  return c.html(page, again ? 422 : 200);
};

/** Asks for one by the number of the application; what was typed comes back where something is wrong. */
export const postOwedInterview = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'owed-interview.grant');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const wanted = { application: one(typed, 'application'), reason: one(typed, 'reason') };
  const asked = await askOwedInterview(deps, { ...command.value, ...wanted });
  if (asked.ok) {
    const page = owedPaths.one(t.locale, command.value.roundId, asked.value.id);
    return c.redirect(`${page}?done=owed-interview.done.asked`, 303);
  }
  const reason = reasonError(asked.error, t);
  if (!reason && asked.error.kind !== 'invalid') return refusalPage(c, asked.error);
  const faults = asked.error.kind === 'invalid' ? fieldErrors(asked.error.faults, t) : [];
  return await owedPage(deps, c, { typed, errors: reason ? [reason] : faults });
};

const colours: Record<ShownOwed['step'], Colour> = {
  waiting: 'yellow',
  refused: 'grey',
  granted: 'orange',
  planned: 'blue',
  held: 'orange',
  missed: 'red',
  scored: 'turquoise',
  counted: 'green',
  withdrawn: 'grey',
};

export const StepTag = ({ t, step }: { t: Translator; step: ShownOwed['step'] }) => (
  <Tag colour={colours[step]}>{t(`owed-interview.status.${step}`)}</Tag>
);

type PageProps = {
  view: View;
  shown: OwedInterviewsView;
  names: ReadonlyMap<PersonId, string>;
  form: Again;
};

const OwedPage = ({ view, shown, names, form }: PageProps) => {
  const { t } = view;
  const { place, owed, closed } = shown;
  const { round, file, by } = place;
  return (
    <Page
      view={view}
      title={t('owed-interview.title')}
      caption={textIn(t, file.title)}
      failed={form.errors.length > 0}
      back={{ href: workOf(t.locale, place) }}
      wide
    >
      <ErrorSummary t={t} errors={form.errors} />
      <p>{t('owed-interview.text')}</p>
      <MeantimeNote t={t} place={place} />
      {owed.length + closed.length === 0 && <Inset>{t('owed-interview.none')}</Inset>}
      {owed.length > 0 && (
        <Table
          caption={t('owed-interview.title')}
          hideCaption
          head={[
            t('apply.numberName'),
            t('owed-interview.status'),
            t('interview.starts'),
            t('interview.cards'),
          ]}
          rows={owed.map(({ applicationId, number, step, booked, line, open }) => [
            <a class="whole" href={owedPaths.one(t.locale, round.id, applicationId)}>
              {number}
            </a>,
            <>
              <StepTag t={t} step={step} /> <OpenTags t={t} open={open} />
            </>,
            booked ? t.moment(booked.slot.startsAt, file.timeZone) : '–',
            booked ? <CardCounts t={t} line={line} /> : '–',
          ])}
        />
      )}
      {owed.some(({ booked }) => booked) && <SittingsLink t={t} place={place} />}
      {shown.owing && <RemindLink t={t} place={place} />}
      <Unasked t={t} shown={shown} />
      <ClosedItems t={t} closed={closed} names={names} />
      {permit('owed-interview.grant', by.role, round.state.stage).ok && (
        <AskForm t={t} roundId={round.id} stage={round.state.stage} form={form} />
      )}
    </Page>
  );
};

/** Whom nobody has asked for yet, with the way into the form. */
const Unasked = ({ t, shown: { unasked, place } }: { t: Translator; shown: OwedInterviewsView }) => {
  const roundId = place.round.id;
  const mayAsk = permit('owed-interview.grant', place.by.role, place.round.state.stage).ok;
  if (unasked.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('owed-interview.unasked')}</h2>
      <ul class="govuk-list">
        {unasked.map(({ number, found }) => (
          <li>
            <span class="whole">{number}</span>: <FoundBy t={t} roundId={roundId} found={found} />
            {mayAsk && (
              <>
                {' · '}
                <a href={`${owedPaths.all(t.locale, roundId)}?application=${number}#application`}>
                  {t('owed-interview.ask')}
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

type AskProps = { t: Translator; roundId: string; stage: Stage; form: Again };

const AskForm = ({ t, roundId, stage, form }: AskProps) => {
  const field = { t, errors: form.errors };
  const typed = (name: string): string => one(form.typed, name);
  return (
    <section class="screen-only">
      <h2 class="govuk-heading-m">{t('owed-interview.ask')}</h2>
      <p>
        {t('owed-interview.ask.text')}{' '}
        {t(stage === 'offers' ? 'owed-interview.waits.offers' : 'owed-interview.waits.claims')}
      </p>
      <form method="post" action={owedPaths.all(t.locale, roundId)} novalidate>
        <TextField
          {...field}
          name="application"
          label={t('apply.numberName')}
          value={typed('application')}
          width={20}
        />
        <TextArea
          {...field}
          name="reason"
          label={t('owed-interview.reason')}
          value={typed('reason')}
          rows={3}
        />
        <Button>{t('owed-interview.ask.press')}</Button>
      </form>
    </section>
  );
};
