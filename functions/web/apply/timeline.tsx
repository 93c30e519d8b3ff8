import type { Child } from 'hono/jsx';
import { stageName } from '#functions/http/refusal-text.ts';
import type { TimelineStep } from '#shared/domain/application-timeline.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Timeline } from '../parts.tsx';
import { paths } from '../paths.ts';

type Props = { t: Translator; id: string; steps: readonly TimelineStep[]; zone: string };

/** What has happened to the own application, and what is next and by when. */
export const OwnTimeline = ({ t, id, steps, zone }: Props) => (
  <Timeline
    steps={steps.map((step) => ({
      title: titleOf(t, step),
      done: step.done,
      ...(step.at && { text: textOf(t, step, { id, at: t.moment(step.at, zone) }) }),
    }))}
  />
);

const titleOf = (t: Translator, { what, stage, outcome, vacancy, done }: TimelineStep): string => {
  const name = stage ? stageName(t, stage) : '';
  if (what === 'stage') return done ? t('timeline.stage-over', { stage: name }) : name;
  if (what === 'told') return t(`timeline.told.${outcome ?? 'stops'}`, { stage: name });
  return t(`timeline.${what}`, vacancy ? { vacancy } : {});
};

/** These are moments; everything else that is ahead is a deadline. */
const moments: ReadonlySet<TimelineStep['what']> = new Set(['interview', 'call-closes', 'results-expected']);

/** When it was or will be, and the way to what the committee asked. */
const textOf = (t: Translator, step: TimelineStep, { id, at }: { id: string; at: string }): Child => {
  const when = whenOf(t, step, at);
  if (step.inquiry === undefined) return when;
  return (
    <>
      {when}. <a href={paths.inquiry(t.locale, id, step.inquiry)}>{t('inquiry.see')}</a>
    </>
  );
};

const whenOf = (t: Translator, { what, done }: TimelineStep, at: string): string =>
  done || moments.has(what) ? at : t('timeline.by', { at });
