import { stageName } from '#functions/http/refusal-text.ts';
import type { TimelineStep } from '#shared/domain/application-timeline.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Timeline } from '../parts.tsx';

type Props = { t: Translator; steps: readonly TimelineStep[]; zone: string };

/** What has happened to the own application, and what is next and by when. */
export const OwnTimeline = ({ t, steps, zone }: Props) => (
  <Timeline
    steps={steps.map((step) => ({
      title: titleOf(t, step),
      done: step.done,
      ...(step.at && { text: whenOf(t, step, t.moment(step.at, zone)) }),
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

const whenOf = (t: Translator, { what, done }: TimelineStep, at: string): string =>
  done || moments.has(what) ? at : t('timeline.by', { at });
