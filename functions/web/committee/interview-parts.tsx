import type { InterviewLine } from '#functions/commands/interview-lines.ts';
import type { PlacedPart } from '#functions/commands/interview-stations.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { SourceText } from '../parts.tsx';
import { paths } from '../paths.ts';
import { placeWords } from '../stations.tsx';
import { textIn } from '../words.ts';

type PartsProps = { t: Translator; parts: readonly PlacedPart[]; zone: string };

/** Where a slot takes place, each station on a line of its own; the link of a call can be pressed. */
export const PartsOf = ({ t, parts, zone }: PartsProps) => (
  <>
    {placeWords(t, parts, zone).map((words) => (
      <div>
        <SourceText source={words} />
      </div>
    ))}
  </>
);

/** The panels of a slot in the order of its stations. */
export const panelNames = (t: Translator, parts: readonly PlacedPart[]): string =>
  [
    ...new Set(
      parts.map(({ panel }) => (panel ? t('panel.number', { number: panel.number }) : t('panel.committee'))),
    ),
  ].join(' → ');

/** How many scorecards there are of how many, at each station. */
export const CardCounts = ({ t, line }: { t: Translator; line: InterviewLine }) => (
  <>
    {line.stations.map(({ station: { title }, given, needed }) => (
      <div>
        {title
          ? t('station.cards', { title: textIn(t, title), given, needed })
          : t('common.of', { position: given, count: needed })}
      </div>
    ))}
  </>
);

/** To who may remind whoever owes a scorecard. */
export const RemindLink = ({
  t,
  place: { by, round },
}: {
  t: Translator;
  place: Pick<Workplace, 'by' | 'round'>;
}) =>
  permit('members.remind', by.role, round.state.stage).ok ? (
    <p class="screen-only">
      <a href={paths.reminders(t.locale, round.id)}>{t('committee.remind.scorecards')}</a>
    </p>
  ) : null;

/** The times at which the visitor sits, or all of them for who plans, for a calendar. */
export const SittingsLink = ({
  t,
  place: { by, round },
}: {
  t: Translator;
  place: Pick<Workplace, 'by' | 'round'>;
}) =>
  permit('interview.sittings', by.role, round.state.stage).ok ? (
    <p class="screen-only">
      <a href={`${paths.interviews(t.locale, round.id)}.ics`}>
        {t(by.role === 'secretary' ? 'interview.sittings.all' : 'interview.sittings')}
      </a>
    </p>
  ) : null;
