import type { CardMarks } from '#functions/commands/discussed.ts';
import type { ScorecardView } from '#functions/commands/scoring-views.ts';
import type { Comments } from '#shared/domain/card.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Facts, Table } from '../parts.tsx';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';
import { pointsText } from './card-form.tsx';

/** What the others gave and said, without who, once the own card is in. */
export const Others = ({ view: { t }, card: { file, own, others } }: { view: View; card: ScorecardView }) => {
  if (!others) return own ? null : <p>{t('scoring.others.hidden')}</p>;
  if (others.length === 0) return <p>{t('scoring.others.none')}</p>;
  return (
    <>
      <Table
        caption={t('scoring.others')}
        head={[
          t('scoring.criterionColumn'),
          ...others.map((_other, index) => t('scoring.other', { number: index + 1 })),
        ]}
        numeric={others.map((_other, index) => index + 1)}
        rows={[
          ...ratedCriteria(file.rubric.criteria).map(({ code, title }) =>
            [textIn(t, title)].concat(others.map((other) => pointsText(t, other, code))),
          ),
          [
            t('scoring.total'),
            ...others.map(({ total }) => t('scoring.percent', { total: t.number(total) })),
          ],
          ...marksAmong(others).map((name) =>
            [t(`scoring.${name}.row`)].concat(others.map((one) => markText(t, one[name]))),
          ),
        ]}
      />
      <SaidByOthers
        said={others.map(({ comments }, index) => [t('scoring.other', { number: index + 1 }), comments])}
      />
    </>
  );
};

const cardMarks = ['after', 'afterCards'] as const;

/** What any of these cards says of not standing apart. */
export const marksAmong = (cards: readonly CardMarks[]): (typeof cardMarks)[number][] =>
  cardMarks.filter((name) => cards.some((one) => one[name]));

/** Whether a card came after something, and what it said before. */
export const markText = (t: Translator, mark: { before?: number } | undefined): string => {
  if (!mark) return '–';
  const { before } = mark;
  return before === undefined
    ? t('scoring.after.first')
    : t('scoring.after.before', { total: t.number(before) });
};

/** What was said beside points, by a number instead of a name. */
export const SaidByOthers = ({ said }: { said: readonly (readonly [string, Comments])[] }) => {
  const facts = said.flatMap(([name, { committee, applicant }]) =>
    [committee, applicant]
      .filter((text) => text !== '')
      .map((text) => ({ name, value: <span class="typed">{text}</span> })),
  );
  return facts.length > 0 ? <Facts facts={facts} /> : null;
};
