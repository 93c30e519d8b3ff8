import type { Context } from 'hono';
import { type SeatTime, viewSittings } from '#functions/commands/interview-sittings.ts';
import { calendarFile } from '#shared/calendar-file.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { textIn } from '../words.ts';

/** The times at which the visitor sits in interviews, for their own calendar; to who plans all of them. By application number, without a name. */
export const downloadSittings = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'interview.sittings');
  const found = command.ok ? await viewSittings(deps, command.value) : command;
  if (!found.ok) return refusalPage(c, found.error);
  const { round, file } = found.value.place;
  const text = calendarFile(
    file.timeZone,
    found.value.times.map((time) => ({
      uid: `interview-${time.uid}@${new URL(deps.publicOrigin).host}`,
      sequence: time.sequence,
      startsAt: time.startsAt,
      endsAt: time.endsAt,
      cancelled: time.status === 'gone',
      stamp: deps.clock.now(),
      title: titleOf(t, time, file.interviews),
      place: time.where,
      text: [textIn(t, file.title), t.moment(time.startsAt, file.timeZone)].join('\n'),
      address: `${deps.publicOrigin}${paths.interviews(t.locale, round.id)}`,
    })),
  );
  return c.body(text, 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': `attachment; filename="${file.intake}-interviews.ics"`,
  });
};

const titleOf = (
  t: Translator,
  { status, number, station }: SeatTime,
  { stations = [] }: InterviewRule,
): string => {
  if (status === 'gone') return t('interview.sittings.gone');
  const title = stations.find(({ code }) => code === station)?.title;
  const whose = number ? t('interview.calendar.title', { number }) : t('interview.sittings.free');
  return title ? `${whose}: ${textIn(t, title)}` : whose;
};
