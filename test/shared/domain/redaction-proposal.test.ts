import { describe, expect, it } from 'vitest';
import { skeletonOf } from '#shared/domain/name-skeleton.ts';
import { findIdentities, redacted } from '#shared/domain/redaction-proposal.ts';

const aigul = {
  fullName: 'Сапарова Айгүл Ерланқызы',
  latinName: 'Aigul Saparova',
  documentNumber: 'N 0001 3',
  address: 'Талдықорған қаласы, Абай көшесі, 13',
  institution: 'Жетісу университеті',
  employer: 'Көксу орта мектебі',
  pastEmployers: '№ 7 Қарабұлақ мектебі, 2012–2014',
};

const found = (text: string): string[] =>
  findIdentities(text, aigul).map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`);

describe('a name has one skeleton', () => {
  it.for([
    ['Ерланқызы', 'Erlankyzy'],
    ['Ерланқызы', 'Yerlanqyzy'],
    ['Жетісу', 'Zhetisu'],
    ['Жетісу', 'Jetysu'],
    ['Хасенова', 'Khassenova'],
    ['Айгүл', 'Aygul'],
    ['Қуанышбек', 'Kuanyshbek'],
  ] as const)('%s as in %s', ([cyrillic, latin]) => {
    expect(skeletonOf(latin)).toBe(skeletonOf(cyrillic));
  });
});

describe('what tells who wrote a text is found', () => {
  it.for([
    ['by the own name in its endings', 'Мен, Айгүл Сапарова; у Сапаровой; Сапарованың', 4],
    ['in the other script', 'I am Aygul, Saparova Yerlankyzy', 3],
    ['by an earlier place of work', 'Бұрын Қарабұлақта істедім', 1],
    ['by school and employer', 'Көксуда жұмыс істеймін, Zhetisu University', 2],
    ['by the place', 'Живу в Талдыкоргане', 1],
  ] as const)('%s', ([, text, count]) => {
    expect(found(text)).toHaveLength(count);
  });

  it('by mailbox, telephone, IIN and document', () => {
    expect(
      found('Write to a.b@mail.example.kz or 8 (701) 000-00-13; IIN 800315200013, card N00013.'),
    ).toEqual([
      'mail a.b@mail.example.kz',
      'phone 8 (701) 000-00-13',
      'number 800315200013',
      'number N00013',
    ]);
  });
});

it('finds a name of two letters where it is a name, and not the word that is spelled alike', () => {
  const text = 'Ли Владимир жазды; пойдёт ли он, Vladimir LI не сказал.';
  const identity = { fullName: 'Ли Владимир', latinName: 'Vladimir Li' };

  expect(findIdentities(text, identity).map(({ start, end }) => text.slice(start, end))).toEqual([
    'Ли',
    'Владимир',
    'Vladimir',
    'LI',
  ]);
});

describe('what tells nothing stays', () => {
  it.for([
    'Орта мектепте математиканы 12 жыл оқыттым, 2019–2022 жылдары.',
    'В школе и университете меня учили, что 95 процентов успеха — труд.',
    'In 2021 my class had 28 pupils; 100 % passed the test of 2022.',
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

it('stands in the copy as one mark for neighbours, and the rest stays as it was typed', () => {
  const text = 'Я, Сапарова Айгүл, живу в Талдыкоргане.\nПишите: a@b.kz';

  expect(redacted(text, findIdentities(text, aigul))).toBe('Я, […], живу в […].\nПишите: […]');
});

it('says nothing of a text that was typed by nobody', () => {
  expect(findIdentities('', { fullName: '' })).toEqual([]);
});
