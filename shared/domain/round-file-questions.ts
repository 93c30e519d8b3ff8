import type { QuestionCode } from '#shared/domain/application-form.ts';
import { fields } from '#shared/domain/application-form-fields.ts';
import type { Condition, RoundFile } from '#shared/domain/round-file.ts';
import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';

type Questions = RoundFile['questions'];

/** What a round file may not say about its questions and about the documents that hang on their answers. */
export const questionRules = ({ questions, eligibility, documents }: Readable): Broken[] => {
  if (!questions) return [];
  return [
    ...coreRules(questions),
    ...eligibilityRules(eligibility ?? [], questions),
    ...questions.flatMap((question, index) => [
      ...equalityRules(question, index),
      ...wordRules(question, index),
      ...conditionRules(question.when, ['questions', index, 'when'], before(question.code, questions)),
    ]),
    ...(documents ?? []).flatMap(({ when }, index) =>
      conditionRules(when, ['documents', index, 'when'], choices(questions)),
    ),
  ];
};

/** Whom an application is from and how to reach them; the consent is always asked. */
const coreQuestions = ['fullName', 'iin', 'phone', 'subjects'] as const;

/** A person without an IIN may be let off it if the number of another document is asked instead. */
const coreRules = (questions: Questions): Broken[] => {
  const asked = new Map(questions.map((question) => [question.code, question]));
  const needed: QuestionCode[] = [
    ...coreQuestions,
    ...(asked.get('iin')?.when ? ['documentNumber' as const] : []),
  ];
  return needed.flatMap((question): Broken[] => {
    const found = asked.get(question);
    if (!found?.required) {
      return [{ path: ['questions'], message: 'round-file.question-needed', facts: { question } }];
    }
    const always = question !== 'iin' && question !== 'documentNumber';
    if (!found.when || !always) return [];
    const path = ['questions', questions.indexOf(found), 'when'];
    return [{ path, message: 'round-file.when-core', facts: { question } }];
  });
};

const eligibilityRules = (eligibility: RoundFile['eligibility'], questions: Questions): Broken[] => {
  const required = new Set(questions.filter((question) => question.required).map(({ code }) => code));
  return eligibility.flatMap((rule, index) => {
    const question = questionOf(rule);
    return !question || required.has(question)
      ? []
      : [{ path: ['eligibility', index, 'rule'], message: 'round-file.not-asked', facts: { question } }];
  });
};

const questionOf = (rule: RoundFile['eligibility'][number]): QuestionCode | undefined => {
  if ('codes' in rule) return undefined;
  if (rule.rule === 'test-at-least') return rule.test === 'subject' ? 'testSubject' : 'testPedagogy';
  return ruleQuestions[rule.rule];
};

const ruleQuestions = {
  'education-at-least': 'education',
  'category-at-least': 'category',
  'experience-at-least': 'experienceYears',
  'subject-among': 'subjects',
  'path-among': 'path',
  'study-form-among': 'studyForm',
  honours: 'honours',
  'language-among': 'languages',
} as const;

/** Nobody has to say such a thing about themselves. */
const equalityRules = ({ code, required }: Questions[number], index: number): Broken[] =>
  required && fields.some(({ name, section }) => name === code && section === 'equality')
    ? [{ path: ['questions', index, 'required'], message: 'round-file.equality', facts: { question: code } }]
    : [];

const wordRules = ({ code, words }: Questions[number], index: number): Broken[] => {
  if (!words) return [];
  const path = ['questions', index, 'words'];
  const several = fields.find(({ name }) => name === code)?.control === 'long-text';
  if (!several || code === 'motivation') return [{ path, message: 'round-file.no-words' }];
  return words.minimum > words.maximum ? [{ path: [...path, 'maximum'], message: 'round-file.words' }] : [];
};

/** Answers by question, of those that a condition may look at; what is kept apart decides nothing. */
type Choices = ReadonlyMap<string, readonly string[]>;

const choices = (questions: Questions): Choices => {
  const asked = new Set<string>(questions.map(({ code }) => code));
  return new Map(
    fields.flatMap((field) =>
      (field.control === 'one-of' || field.control === 'some-of') &&
      field.section !== 'equality' &&
      asked.has(field.name)
        ? [[field.name, field.options]]
        : [],
    ),
  );
};

/** Those that the form asks earlier: a circle cannot be written, and nobody has to go back to be asked something. */
const before = (code: QuestionCode, questions: Questions): Choices => {
  const place = fields.findIndex(({ name }) => name === code);
  const earlier = new Set<string>(fields.slice(0, place).map(({ name }) => name));
  return new Map([...choices(questions)].filter(([name]) => earlier.has(name)));
};

const conditionRules = (
  when: Condition | undefined,
  path: readonly (string | number)[],
  known: Choices,
): Broken[] => {
  if (!when) return [];
  const { question, is } = when;
  const options = known.get(question);
  if (!options) {
    return [{ path: [...path, 'question'], message: 'round-file.when-question', facts: { question } }];
  }
  return is.flatMap((answer, index) =>
    options.includes(answer)
      ? []
      : [{ path: [...path, 'is', index], message: 'round-file.when-answer', facts: { question, answer } }],
  );
};
