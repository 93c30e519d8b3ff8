import type { Child } from 'hono/jsx';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import { stepTitle } from '#shared/timeline-words.ts';
import { Timeline } from '../parts.tsx';
import { paths } from '../paths.ts';

type Props = { t: Translator; id: string; steps: readonly TimelineStep[]; zone: string };

/** What has happened to the own application, and what is next and by when. */
export const OwnTimeline = ({ t, id, steps, zone }: Props) => (
  <Timeline
    steps={steps.map((step) => ({
      title: stepTitle(t, step),
      done: step.done,
      text: textOf(t, step, { id, zone }),
    }))}
  />
);

/** These are moments; everything else that is ahead is a deadline, or for references a plan. */
const moments: ReadonlySet<TimelineStep['what']> = new Set(['interview', 'call-closes', 'results-expected']);

/** When it was or will be, and the way to the page where something can be done about it. */
const textOf = (t: Translator, step: TimelineStep, { id, zone }: { id: string; zone: string }): Child => {
  const when = step.at && whenOf(t, step, t.moment(step.at, zone));
  const way = wayOf(t, step, id);
  if (!way) return when;
  return (
    <>
      {when && `${when}. `}
      <a href={way.href}>{t(way.text)}</a>
    </>
  );
};

const whenOf = (t: Translator, { what, done, reference }: TimelineStep, at: string): string => {
  if (done || moments.has(what)) return at;
  return reference === undefined ? t('timeline.by', { at }) : t('timeline.planned', { at });
};

type Way = { href: string; text: MessageKey };

const wayOf = (
  { locale }: Translator,
  { done, what, inquiry, reference, list, edition }: TimelineStep,
  id: string,
): Way | undefined => {
  if (inquiry !== undefined) return { href: paths.inquiry(locale, id, inquiry), text: 'inquiry.see' };
  const toInterview = what === 'interview-owed' || (!done && what.startsWith('interview'));
  if (toInterview) return { href: paths.interview(locale, id), text: 'interview.toOwn' };
  if (edition !== undefined) return { href: paths.result(locale, id), text: 'results.own' };
  if (done) return undefined;
  if (reference !== undefined) return { href: paths.references(locale, id), text: 'apply.task.references' };
  if (list !== undefined) return { href: paths.ownElsewhere(locale, id, list), text: 'elsewhere.own.title' };
  return what.startsWith('exchange-')
    ? { href: paths.ownExchange(locale, id), text: 'exchange.title' }
    : undefined;
};
