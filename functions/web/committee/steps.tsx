import type { Context } from 'hono';
import type { InterviewsView } from '#functions/commands/interview-view.ts';
import { maxSlotsTold, tellSteps } from '#functions/commands/slot-steps.ts';
import { SlotId } from '#shared/domain/ids.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Hidden } from '../fields.tsx';
import { many, one, readTyped } from '../form.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';

/** The secretary says whether the place of some times is reached without steps. */
export const postSteps = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'interview.plan');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const slots = SlotId.array().min(1).max(maxSlotsTold).safeParse(many(typed, 'slot')).data;
  const said = one(typed, 'stepFree');
  if (!slots || (said !== 'yes' && said !== 'no')) return refusalPage(c, { kind: 'changed-meanwhile' });
  const told = await tellSteps(deps, { ...command.value, slots, stepFree: said === 'yes' });
  if (!told.ok) return refusalPage(c, told.error);
  const page = paths.interviews(viewOf(c).t.locale, command.value.roundId);
  return c.redirect(`${page}?done=interview.done.steps`, 303);
};

type Props = { t: Translator; plan: InterviewsView };

/** Times to come of which nobody said it, one line for each place; those of more than one press say so line by line. */
export const StepsUntold = ({ t, plan }: Props) => {
  const { place, now, slots } = plan;
  const untold = slots.filter(
    ({ slot: { slot, stepFree } }) => stepFree === undefined && slot.startsAt > now,
  );
  if (untold.length === 0) return null;
  const places = Map.groupBy(untold, ({ slot }) => slot.parts[0]?.where ?? '');
  return (
    <section id="steps" class="screen-only">
      <h2 class="govuk-heading-m">{t('interview.steps.ask')}</h2>
      <p>{t('interview.steps.ask.text')}</p>
      {[...places].map(([where, own]) => {
        const asked = own.slice(0, maxSlotsTold);
        return (
          <form method="post" action={`${paths.interviews(t.locale, place.round.id)}/steps`}>
            <p>{t('interview.steps.at', { place: where, count: asked.length })}</p>
            {asked.map(({ slot }) => (
              <Hidden name="slot" value={slot.slot.id} />
            ))}
            <div class="govuk-button-group">
              {(['yes', 'no'] as const).map((value) => (
                <button
                  type="submit"
                  name="stepFree"
                  value={value}
                  class="govuk-button govuk-button--secondary"
                >
                  {t(`interview.steps.${value}`)}
                  <span class="govuk-visually-hidden"> {where}</span>
                </button>
              ))}
            </div>
          </form>
        );
      })}
    </section>
  );
};
