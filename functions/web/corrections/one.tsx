import type { Context } from 'hono';
import * as z from 'zod';
import {
  applyCorrection,
  type CorrectionShown,
  showCorrection,
} from '#functions/commands/correction-applying.ts';
import { refuseCorrection, withdrawCorrection } from '#functions/commands/corrections.ts';
import { correctionsOf, type SaidCorrection } from '#functions/commands/corrections-list.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { type PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { Action } from '#shared/domain/permission.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import { Effects } from '../committee/affected.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, TextArea } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Oddities } from '../marks/changes.tsx';
import { Checks, SampleFields, sampleIn } from '../marks/sample-fields.tsx';
import { pageAsked } from '../paged.tsx';
import { Details, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { AskCorrection } from './ask.tsx';
import { correctionFacts, peopleIn, StatusTag } from './list.tsx';
import { OffersAfter } from './offers-after.tsx';

type OneCorrection = CommitteeCommand & { correction: number };
type Again = { form: 'application' | 'refusal'; typed: Typed; errors: readonly FieldError[] };

const oneCommand = (c: Context, action: Action): Result<OneCorrection, Refusal> => {
  const command = roundCommand(c, action);
  if (!command.ok) return command;
  const number = z.coerce.number().int().min(1).safeParse(c.req.param('correction'));
  return number.success
    ? ok({ ...command.value, correction: number.data })
    : refuse({ kind: 'not-found', what: 'correction' });
};

export const showOneCorrection = (deps: WebDeps) => async (c: Context) => await correctionPage(deps, c);

const correctionPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = oneCommand(c, 'correction.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await showCorrection(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const all = await correctionsOf(deps, command.value);
  if (!all.ok) return refusalPage(c, all.error);
  const said = all.value.corrections.find(({ number }) => number === command.value.correction);
  if (!said) return refusalPage(c, { kind: 'not-found', what: 'correction' });
  const { mayApply } = all.value;
  const names = await namesOf(deps, peopleIn(said));
  const reader = command.value.by.id;
  const props = { view: viewOf(c), shown: found.value, said, names, reader, mayApply, asked: pageAsked(c) };
  return c.html(<CorrectionPage {...props} again={again} />, again ? 422 : 200);
};

const Pressed = z.object({ shown: Sha256, confirmed: z.coerce.number().int().min(0) });

/** Applies what the page showed. */
export const postApplication = (deps: WebDeps) => async (c: Context) => {
  const command = oneCommand(c, 'correction.apply');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const pressed = Pressed.safeParse({ shown: one(typed, 'shown'), confirmed: one(typed, 'confirmed') });
  if (!pressed.success) return refusalPage(c, { kind: 'not-found', what: 'correction' });
  const applied = await applyCorrection(deps, { ...command.value, ...pressed.data, sample: sampleIn(typed) });
  if (applied.ok) return doneAt(c, command.value, 'applied');
  if (applied.error.kind !== 'invalid') return refusalPage(c, applied.error);
  const errors = fieldErrors(applied.error.faults, viewOf(c).t);
  return await correctionPage(deps, c, { form: 'application', typed, errors });
};

export const postCorrectionRefusal = (deps: WebDeps) => async (c: Context) => {
  const command = oneCommand(c, 'correction.apply');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const refused = await refuseCorrection(deps, { ...command.value, reason: one(typed, 'reason') });
  if (refused.ok) return doneAt(c, command.value, 'refused');
  const error = reasonError(refused.error, viewOf(c).t);
  return error
    ? await correctionPage(deps, c, { form: 'refusal', typed, errors: [error] })
    : refusalPage(c, refused.error);
};

export const postCorrectionWithdrawal = (deps: WebDeps) => async (c: Context) => {
  const command = oneCommand(c, 'correction.apply');
  if (!command.ok) return refusalPage(c, command.error);
  const withdrawn = await withdrawCorrection(deps, command.value);
  return withdrawn.ok ? doneAt(c, command.value, 'withdrawn') : refusalPage(c, withdrawn.error);
};

const doneAt = (c: Context, { roundId }: OneCorrection, done: 'applied' | 'refused' | 'withdrawn') =>
  c.redirect(`${paths.corrections(viewOf(c).t.locale, roundId)}?done=corrections.done.${done}`, 303);

type Props = {
  view: View;
  shown: CorrectionShown;
  said: SaidCorrection;
  names: ReadonlyMap<PersonId, string>;
  reader: PersonId;
  mayApply: boolean;
  /** Which page of those for whom something follows. */
  asked: number;
  again: Again | undefined;
};

const CorrectionPage = (props: Props) => {
  const { view, shown, said, names, mayApply, asked, again } = props;
  const { t } = view;
  const { place, effects, recipients, marks, offers } = shown;
  const { id } = place.round.state;
  return (
    <Page
      view={view}
      title={t('corrections.number', { number: said.number })}
      caption={textIn(t, place.file.title)}
      failed={again !== undefined}
      back={{ href: paths.corrections(t.locale, id), text: t('corrections.title') }}
      wide
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>
        <StatusTag view={view} correction={said} />
      </p>
      <Facts facts={correctionFacts(view, { place, correction: said, names })} />
      {marks && (
        <>
          <Oddities view={view} preview={{ oddities: marks.oddities, place }} />
          <Checks t={t} checks={marks.checks} />
        </>
      )}
      {effects && <SampleNote t={t} of={[place.file.rubric, place.file.interviews]} />}
      {effects && <Effects t={t} found={effects} />}
      {offers && (
        <OffersAfter t={t} offers={offers} at={paths.correction(t.locale, id, said.number)} asked={asked} />
      )}
      {effects && <p>{t('corrections.recipients', { count: recipients })}</p>}
      {effects && isFinal(place.round.state) && <Inset>{t('corrections.final')}</Inset>}
      {mayApply && said.status === 'waiting' && <Deciding {...props} />}
      {mayApply && said.status === 'applied' && said.corrects.kind !== 'undo' && (
        <Details summary={t('corrections.undo')}>
          <p>{t('corrections.undo.text')}</p>
          <AskCorrection view={view} roundId={id} typed={{ kind: 'undo', correction: String(said.number) }} />
        </Details>
      )}
    </Page>
  );
};

const Deciding = (props: Props) => {
  const { t } = props.view;
  const { said, shown, reader, again } = props;
  const way = (answer: 'application' | 'refusal' | 'withdrawal'): string =>
    paths.correction(t.locale, shown.place.round.id, said.number, answer);
  if (said.by === reader) {
    return (
      <form method="post" action={way('withdrawal')} novalidate>
        <p>{t('corrections.own')}</p>
        <Button kind="secondary">{t('corrections.withdraw')}</Button>
      </form>
    );
  }
  const refused = again?.form === 'refusal' ? again : undefined;
  return (
    <>
      <h2 class="govuk-heading-m">{t('corrections.apply')}</h2>
      <Applying {...props} action={way('application')} />
      <Details summary={t('corrections.refuse')} open={refused !== undefined}>
        <form method="post" action={way('refusal')} novalidate>
          <TextArea
            t={t}
            name="reason"
            label={t('corrections.answer')}
            hint={t('marks.reason.hint')}
            rows={3}
            value={refused ? one(refused.typed, 'reason') : ''}
            errors={refused?.errors}
          />
          <Button kind="secondary">{t('corrections.refuse')}</Button>
        </form>
      </Details>
    </>
  );
};

/** Who brought the file of marks types nothing, and applies nothing. */
const Applying = ({ view, shown, said, again: refused, action }: Props & { action: string }) => {
  const { t } = view;
  const { digest, recipients, marks } = shown;
  const again = refused?.form === 'application' ? refused : undefined;
  const sample = marks?.sample ?? [];
  if (said.corrects.kind === 'marks-file' && sample.length === 0) return <p>{t('corrections.bringer')}</p>;
  return (
    <form method="post" action={action} novalidate>
      <Hidden name="shown" value={digest} />
      <Hidden name="confirmed" value={recipients} />
      <p>{t('corrections.apply.text')}</p>
      {sample.length > 0 && (
        <SampleFields view={view} file={shown.place.file} sample={sample} again={again} />
      )}
      <Button kind="warning">{t('corrections.apply')}</Button>
    </form>
  );
};
