import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Corrects } from '#shared/replay/correction.ts';
import { textIn } from '../words.ts';

/** What a correction is about, in words. */
export const correctsText = (
  t: Translator,
  corrects: Corrects,
  file: Pick<RoundFile, 'rubric' | 'interviews'>,
): string => {
  switch (corrects.kind) {
    case 'as-recorded':
      return t('corrections.what.as-recorded');
    case 'rows-shifted':
    case 'rater-left-out':
      return t(`corrections.what.${corrects.kind}`, { ...corrects, part: t(`committee.${corrects.part}`) });
    case 'criterion': {
      const criteria = [...file.rubric.criteria, ...file.interviews.criteria];
      const found = criteria.find(({ code }) => code === corrects.criterion);
      return t('corrections.what.criterion', {
        part: t(`committee.${corrects.part}`),
        number: corrects.number,
        criterion: found ? textIn(t, found.title) : corrects.criterion,
        points: t.number(corrects.points),
      });
    }
    case 'marks-file':
      return t('corrections.what.marks-file', { number: corrects.import });
    case 'totals': {
      const { scoring, interview } = corrects.corrected;
      const percent = (value: number | undefined): string =>
        value === undefined ? '–' : t('results.percent', { value: t.number(value) });
      return t('corrections.what.totals', {
        number: corrects.number,
        scoring: percent(scoring),
        interview: percent(interview),
      });
    }
    case 'undo':
      return t('corrections.what.undo', { number: corrects.correction });
    default:
      return corrects satisfies never;
  }
};
