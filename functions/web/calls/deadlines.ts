import type { Context } from 'hono';
import { calendarFile } from '#shared/calendar-file.ts';
import { deadlinesOf } from '#shared/domain/call-deadlines.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { callOf } from './call-of.ts';

/** The deadlines of a call for one's own calendar. Fetched again after an extension it replaces what it wrote before. */
export const downloadDeadlines = (deps: WebDeps) => async (c: Context) => {
  const call = await callOf(deps, c);
  if (!call.ok) return refusalPage(c, call.error);
  const { t } = viewOf(c);
  const { round, file } = call.value;
  const title = textIn(t, file.title);
  const stamp = deps.clock.now();
  const text = calendarFile(
    file.timeZone,
    deadlinesOf(round, file).map(({ kind, at }) => ({
      uid: `${round.id}-${kind}@${new URL(deps.publicOrigin).host}`,
      startsAt: at,
      stamp,
      title: `${t(`call.deadline.${kind}`)}: ${title}`,
      text: [
        `${(kind === 'opens' ? t.start : t.moment)(at, file.timeZone)}, ${file.timeZone}`,
        ...(kind === 'results' ? [t('call.resultsPlanned')] : []),
      ].join('\n'),
      address: `${deps.publicOrigin}${paths.call(t.locale, round.id)}`,
    })),
  );
  return c.body(text, 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': `attachment; filename="${file.intake}.ics"`,
  });
};
