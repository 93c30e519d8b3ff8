import type { Context } from 'hono';
import {
  type BookedTime,
  bookedTime,
  callInterviewOff,
  type SlotCommand,
} from '#functions/commands/interview-calling-off.ts';
import { SlotId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Checkboxes, ErrorSummary, TextArea, WarningText } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped, reasonError } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { PartsOf } from './interview-parts.tsx';

const slotCommand = (c: Context): Result<SlotCommand, Refusal> => {
  const command = roundCommand(c, 'interview.plan');
  if (!command.ok) return command;
  const slotId = SlotId.safeParse(c.req.param('slot'));
  return slotId.success
    ? ok({ ...command.value, slotId: slotId.data })
    : refuse({ kind: 'not-found', what: 'slot' });
};

/** Before a booked interview is called off: which one, and what follows. */
export const showCallOff = (deps: WebDeps) => async (c: Context) => {
  const command = slotCommand(c);
  return command.ok ? await callOffPage(deps, c, command.value) : refusalPage(c, command.error);
};

/** Calls it off with a reason, which the applicant reads; what was typed comes back when it is refused. */
export const postCallOff = (deps: WebDeps) => async (c: Context) => {
  const command = slotCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const said = { reason: one(typed, 'reason'), notHeld: one(typed, 'notHeld') === 'yes' };
  const off = await callInterviewOff(deps, { ...command.value, ...said });
  if (off.ok) {
    const plan = paths.interviews(t.locale, command.value.roundId);
    return c.redirect(`${plan}?done=interview.done.calledOff`, 303);
  }
  const error = reasonError(off.error, t) ?? notHeldError(off.error, t);
  return error
    ? await callOffPage(deps, c, command.value, { ...said, errors: [error] })
    : refusalPage(c, off.error);
};

type Again = { reason: string; notHeld: boolean; errors: readonly FieldError[] };

/** That it has begun, and nobody said that it was not held. */
export const notHeldError = (refusal: Refusal, t: Translator): FieldError | undefined =>
  refusal.kind === 'invalid'
    ? fieldErrors(refusal.faults, t).find(({ field }) => field === 'notHeld')
    : undefined;

type NotHeldProps = { t: Translator; isSaid: boolean; errors: readonly FieldError[] | undefined };

/** Asked from the beginning of an interview on. */
export const NotHeld = ({ t, isSaid, errors }: NotHeldProps) => (
  <Checkboxes
    t={t}
    name="notHeld"
    label={t('interview.callOff.notHeld')}
    values={isSaid ? ['yes'] : []}
    errors={errors}
    options={[
      {
        value: 'yes',
        text: t('interview.callOff.notHeld.yes'),
        hint: t('interview.callOff.notHeld.hint'),
      },
    ]}
  />
);

const callOffPage = async (
  deps: WebDeps,
  c: Context,
  command: SlotCommand,
  again?: Again,
): Promise<Response> => {
  const found = await bookedTime(deps, command);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { t } = view;
  const { slot, parts, number, file, isHeld } = found.value;
  const page = (
    <Page
      view={view}
      title={t('interview.callOff.title')}
      caption={textIn(t, file.title)}
      failed={again !== undefined}
      back={{ href: paths.interviews(t.locale, command.roundId) }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <Facts
        facts={[
          { name: t('apply.numberName'), value: <span class="whole">{number}</span> },
          { name: t('interview.starts'), value: t.moment(slot.startsAt, file.timeZone) },
          {
            name: t('interview.place'),
            value: <PartsOf t={t} parts={parts} zone={file.timeZone} />,
          },
        ]}
      />
      {isHeld && <Inset>{t('interview.callOff.held')}</Inset>}
      {!isHeld && <CallOffForm t={t} roundId={command.roundId} found={found.value} again={again} />}
    </Page>
  );
  return c.html(page, again ? 422 : 200);
};

type FormProps = { t: Translator; roundId: string; found: BookedTime; again: Again | undefined };

const CallOffForm = ({ t, roundId, found, again }: FormProps) => {
  const { slot, parts, hasBegun, isWritten } = found;
  return (
    <>
      <WarningText t={t}>{t('interview.callOff.warning')}</WarningText>
      {parts.length > 1 && <p>{t('interview.callOff.parts', { count: parts.length })}</p>}
      {hasBegun && isWritten && <Inset>{t('interview.callOff.written')}</Inset>}
      <form method="post" action={paths.callOff(t.locale, roundId, slot.id)} novalidate>
        <TextArea
          t={t}
          name="reason"
          label={t('interview.callOff.reason')}
          hint={t('interview.callOff.hint')}
          value={again?.reason ?? ''}
          errors={again?.errors}
        />
        {hasBegun && <NotHeld t={t} isSaid={again?.notHeld === true} errors={again?.errors} />}
        <Button kind="warning">{t('interview.callOff')}</Button>
      </form>
    </>
  );
};
