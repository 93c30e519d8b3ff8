import type { OwnChange } from '#functions/commands/own-changes.ts';
import type { OwnPoints } from '#functions/commands/own-points.ts';
import type { OwnResult } from '#functions/commands/results.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Inset, Table } from '../parts.tsx';
import { textIn } from '../words.ts';

/** The own points by criterion as they count, each beside what it was, and what made the totals other than they were told first. */
export const OwnPointsTable = ({ t, result }: { t: Translator; result: OwnResult }) => {
  const { points, changes, file } = result;
  if (points.length === 0) return null;
  const criteria = { scoring: file.rubric.criteria, interview: file.interviews.criteria };
  return (
    <>
      <Table
        caption={t('results.points')}
        head={[t('results.criterion'), t('results.part'), t('results.weight'), t('results.mean')]}
        numeric={[2, 3]}
        rows={points.map((one) => {
          const criterion = criteria[one.part].find(({ code }) => code === one.code);
          return [
            criterion ? textIn(t, criterion.title) : one.code,
            t(`committee.${one.part}`),
            criterion?.independent ? '—' : t('results.percent', { value: t.number(criterion?.weight ?? 0) }),
            meanText(t, one, criterion),
          ];
        })}
      />
      {changes.map((change) => (
        <Inset>{changeText(t, change, file.timeZone)}</Inset>
      ))}
    </>
  );
};

const meanText = (
  t: Translator,
  { mean, was }: OwnPoints,
  criterion: RubricCriterion | undefined,
): string => {
  const most = Math.max(...(criterion?.scale.map((step) => step.points) ?? [0]));
  const now = t('results.outOf', { mean: t.number(mean), most: t.number(most) });
  return was === undefined ? now : `${now} (${t('results.points.before', { was: t.number(was) })})`;
};

/** What a total was, what it is, and whether the points say why. */
const changeText = (t: Translator, { part, by, at, was, is, points }: OwnChange, zone: string): string => {
  const percent = (value: number): string => t('results.percent', { value: t.number(value) });
  const total = `${t(`committee.${part}`)}: ${was === undefined ? '–' : percent(was)} → ${percent(is)}.`;
  const isOfPoints = Object.keys(points).length > 0;
  return [
    t(`results.changed.${by}`, { at: t.moment(at, zone) }),
    total,
    t(isOfPoints ? 'results.changed.points' : 'results.changed.total'),
  ].join(' ');
};
