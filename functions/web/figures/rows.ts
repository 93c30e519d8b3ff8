import type {
  EqualityFigures,
  EqualityQuestion,
  HouseholdFigures,
  RoundFigures,
} from '#shared/domain/round-figures.ts';
import { type Protected, totalOf } from '#shared/domain/small-cells.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { fieldLabel, optionName } from '../words.ts';

type Cell = string | number;

/** Figures as a table of rows, its first the heading. A number stays a number; where none may be shown, words say so. */
export const rowsOf = (t: Translator, figures: RoundFigures): Cell[][] =>
  figures.kind === 'household' ? householdRows(t, figures) : equalityRows(t, figures);

export const householdRows = (t: Translator, { basis, places, needs }: HouseholdFigures): Cell[][] => {
  const row = (name: string, people: Cell, pick: (line: Protected) => Cell): Cell[] => [
    name,
    people,
    ...needs.map(({ line }) => pick(line)),
  ];
  const together = needs.some(({ line }) => line.together !== null);
  const people = places.reduce((sum, place) => sum + place.people, 0);
  return [
    [
      t('figures.district'),
      t(`figures.people.${basis}`),
      ...needs.map(({ need }) => t(`figures.need.${need}`)),
    ],
    ...places.map(({ district, people: here }, index) =>
      row(district ?? t('figures.noDistrict'), here, ({ cells }) => cells[index] ?? hidden(t)),
    ),
    ...(together ? [row(t('figures.together'), '', (line) => line.together ?? '')] : []),
    row(t('figures.all'), people, (line) => totalOf(line) ?? hidden(t)),
  ];
};

const equalityRows = (t: Translator, { people, questions }: EqualityFigures): Cell[][] => [
  [t('figures.question'), t('figures.answer'), t('figures.people')],
  ...questions.flatMap((question) => {
    const name = fieldLabel(t, question.question);
    return answerRows(t, question).map(([answer, count]): Cell[] => [name, answer, count]);
  }),
  [t('figures.all'), '', people],
];

/** The answers to one question, and what those that are not shown come to together. */
export const answerRows = (
  t: Translator,
  { question, answers, line }: EqualityFigures['questions'][number],
): [string, Cell][] => [
  ...answers.map((answer, index): [string, Cell] => [
    answerName(t, question, answer),
    line.cells[index] ?? hidden(t),
  ]),
  ...(line.together === null ? [] : [[t('figures.together'), line.together] satisfies [string, Cell]]),
];

const answerName = (t: Translator, question: EqualityQuestion, answer: string): string =>
  answer === 'unanswered' ? t('figures.unanswered') : optionName(t, question, answer);

const hidden = (t: Translator): string => t('figures.hidden');
