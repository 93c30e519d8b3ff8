import type { TimetableDraft } from '#functions/commands/timetable.ts';
import { Unkept } from '#shared/domain/access-need.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Bottleneck } from '#shared/timetable/infeasible.ts';
import type { Rule } from '#shared/timetable/instance.ts';

type Of = Pick<TimetableDraft, 'place' | 'book' | 'candidacies'>;

/** As many numbers as are shown of a longer list. */
const mostNumbers = 12;

/** What those who hold a slot are called (`crewOf`): the panel of each station, or the whole committee. */
export const crewName = (t: Translator, { book }: Pick<Of, 'book'>, crew: string): string =>
  [...new Set(crew.split(' '))]
    .map((id) => {
      const panel = book.panels?.state.panels.find((one) => one.id === id);
      return panel ? t('panel.number', { number: panel.number }) : t('panel.committee');
    })
    .join(' → ');

/** What makes a timetable impossible, as sentences. */
export const obstacleWords = (t: Translator, of: Of, stuck: Bottleneck): string[] => {
  const { candidates, panels, times, kept, without } = stuck;
  const numbers = candidates.flatMap((id) => of.candidacies.get(id)?.number ?? []).toSorted();
  const shown = numbers.slice(0, mostNumbers).join(', ');
  const all = numbers.length > mostNumbers ? `${shown} …` : shown;
  const names = panels.map((id) => crewName(t, of, id)).join(', ');
  return [
    t('timetable.stuck', { count: candidates.length, numbers: all }),
    panels.length === 0
      ? t(of.place.file.interviews.stations ? 'station.noTimes' : 'timetable.noPanel')
      : t('timetable.onlyPanels', { panels: names, count: times }),
    ...kept.map((rule) => keptWords(t, rule)),
    ...(without.length > 0
      ? [t('timetable.without', { rules: without.map((set) => namesOf(t, set)).join(t('timetable.or')) })]
      : []),
    t('timetable.moreTimes', { count: candidates.length - times }),
  ];
};

const keptWords = (t: Translator, rule: Rule): string =>
  isNeed(rule) ? t('timetable.kept.lacks', { lack: t(`panel.lacks.${rule}`) }) : t(`timetable.kept.${rule}`);

const namesOf = (t: Translator, set: readonly Rule[]): string =>
  set
    .map((rule) => (isNeed(rule) ? t(`panel.lacks.${rule}`) : t(`timetable.rule.${rule}`)))
    .join(t('timetable.and'));

const isNeed = (rule: Rule): rule is Unkept => Unkept.safeParse(rule).success;
