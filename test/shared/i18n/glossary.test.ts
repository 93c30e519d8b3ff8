import { expect, it } from 'vitest';
import { type Catalogue, textsOf } from './catalogue.ts';

type NotOurs = { word: RegExp; because: string; except?: readonly string[] };

/** Words that came in and went out again: one thing has one name in each language, and a reader of two pages should see that it is one. */
const notOurs: Record<'kk' | 'ru', readonly NotOurs[]> = {
  kk: [
    { word: /критери/iu, because: 'a criterion is өлшемшарт' },
    {
      word: /бос ор(ын|н)/iu,
      because: 'a vacancy is бос лауазым; бос орын is any empty place, even a space',
    },
    { word: /вакансия/iu, because: 'a vacancy is бос лауазым' },
    { word: /түпкілікті/iu, because: 'final results are қорытынды' },
    { word: /сұхбат|интервью/iu, because: 'an interview is әңгімелесу; сұхбат is what a journalist makes' },
    { word: /жеке дерек/iu, because: 'the law says дербес деректер' },
    {
      word: /раунд|іріктеу кезеңі(?!н)/iu,
      because: 'a round is іріктеу',
      except: ['programme.stages.title'],
    },
    {
      word: /(?<!\p{L})саты(?!п)/iu,
      because: 'a stage is кезең; саты is the step of a scale or a category',
      except: ['scoring.fault.not-on-scale', 'programme.category.text'],
    },
    { word: /кезең файл/iu, because: 'a round file is іріктеу файлы' },
    { word: /түбіртек/iu, because: 'a receipt is қолхат; түбіртек is what a till prints' },
    { word: /есептік жазба/iu, because: 'an account is тіркелгі' },
    { word: /сессия/iu, because: 'a session is сеанс' },
    { word: /шәкіл/iu, because: 'a scale is шкала' },
    { word: /ең (төменгі|аз) бал[лғд]/iu, because: 'a pass mark is шекті балл' },
    { word: /(?<!\p{L})форма/iu, because: 'a form is нысан' },
    { word: /лег[дт]/iu, because: 'an intake is лек: лекте, лектер, and легі' },
  ],
  ru: [
    { word: /окончательн(ый|ые|ых|ым)/iu, because: 'final results are итоговые' },
    { word: /заявител/iu, because: 'who applies is кандидат' },
    {
      word: /заяв(к|ок)/iu,
      because: 'an application is заявление; this is the name of the method alone',
      except: [
        'kept.mechanism.applicant-proposing-deferred-acceptance',
        'verification.mechanism.applicant-proposing-deferred-acceptance',
      ],
    },
    { word: /интервью/iu, because: 'an interview is собеседование' },
    { word: /оценщик/iu, because: 'who scores is оценивающий' },
    { word: /квитанци/iu, because: 'a receipt is расписка; квитанция is what a till prints' },
    { word: /символ/iu, because: 'a character is знак' },
    { word: /сессия/iu, because: 'a session is сеанс' },
    { word: /минимум/iu, because: 'a pass mark is пороговый балл' },
    { word: /непроверенн/iu, because: 'unverified is неподтверждённый' },
    { word: /слепо[йм]/iu, because: 'a blind stage is этап без имён' },
  ],
};

const notOursIn = (locale: keyof typeof notOurs, texts: Catalogue): string[] =>
  notOurs[locale].flatMap(({ word, because, except = [] }) =>
    Object.entries(texts)
      .filter(([key, text]) => word.test(text) && !except.includes(key))
      .map(([key]) => `${key}: ${because}`),
  );

it.for(['kk', 'ru'] as const)('a text in %s calls things by the words of the glossary', (locale) => {
  expect(notOursIn(locale, textsOf(locale))).toEqual([]);
});

it('a word that is not ours is found in any form, and told with ours', () => {
  const planted = {
    'offer.planted': 'Таңдаған Бос орындарыңыз',
    'offer.fine': 'Таңдаған бос лауазымдарыңыз',
  };

  expect(notOursIn('kk', planted)).toEqual([
    'offer.planted: a vacancy is бос лауазым; бос орын is any empty place, even a space',
  ]);
});
