import type { Context } from 'hono';
import { bookedTime, callInterviewOff, type SlotCommand } from '#functions/commands/interview-calling-off.ts';
import { SlotId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, TextArea, WarningText } from '../fields.tsx';
import { type FieldError, one, readTyped, reasonError } from '../form.ts';
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
  const reason = one(await readTyped(c), 'reason');
  const off = await callInterviewOff(deps, { ...command.value, reason });
  if (off.ok) {
    const plan = paths.interviews(t.locale, command.value.roundId);
    return c.redirect(`${plan}?done=interview.done.calledOff`, 303);
  }
  const error = reasonError(off.error, t);
  return error
    ? await callOffPage(deps, c, command.value, { typed: reason, errors: [error] })
    : refusalPage(c, off.error);
};

type Again = { typed: string; errors: readonly FieldError[] };

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
          { name: t('apply.numberName'), value: number },
          { name: t('interview.starts'), value: t.moment(slot.startsAt, file.timeZone) },
          {
            name: t('interview.place'),
            value: <PartsOf t={t} parts={parts} zone={file.timeZone} />,
          },
        ]}
      />
      {isHeld && <Inset>{t('interview.callOff.held')}</Inset>}
      {!isHeld && (
        <>
          <WarningText t={t}>{t('interview.callOff.warning')}</WarningText>
          {parts.length > 1 && <p>{t('interview.callOff.parts', { count: parts.length })}</p>}
          <form method="post" action={paths.callOff(t.locale, command.roundId, slot.id)} novalidate>
            <TextArea
              t={t}
              name="reason"
              label={t('interview.callOff.reason')}
              hint={t('interview.callOff.hint')}
              value={again?.typed ?? ''}
              errors={again?.errors}
            />
            <Button kind="warning">{t('interview.callOff')}</Button>
          </form>
        </>
      )}
    </Page>
  );
  return c.html(page, again ? 422 : 200);
};
