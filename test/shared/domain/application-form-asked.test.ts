import { describe, expect, it } from 'vitest';
import type { FieldName } from '#shared/domain/application-form.ts';
import {
  askedDocuments,
  askedFields,
  askedSections,
  keptAside,
  roundFields,
} from '#shared/domain/application-form-asked.ts';
import { checkForm } from '#shared/domain/application-form-check.ts';
import { fields } from '#shared/domain/application-form-fields.ts';
import { graduateWell, typedWell } from '#test/builders/application.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const file = aRoundFile();

const asked = (path: string): FieldName[] => named(askedFields(file, { path }));
const codes = (path: string): string[] => askedDocuments(file, { path }).map(({ code }) => code);
const named = (some: readonly { name: FieldName }[]): FieldName[] => some.map(({ name }) => name);

describe('what a round asks', () => {
  it('follows its round file, and always ends with the consent', () => {
    const plain = file.questions.filter(({ code }) => ['fullName', 'birthDate'].includes(code));
    const short = { ...file, questions: plain };

    expect(named(askedFields(short, {}))).toEqual(['fullName', 'birthDate', 'consent', 'consentVersion']);
    expect(askedSections(short, {})).toEqual(['identity', 'consent']);
  });

  it('can be everything that the catalogue of questions has', () => {
    expect(named(roundFields(file))).toEqual(named(fields));
  });

  it('may hang on an earlier answer', () => {
    expect(asked('graduate')).toEqual(expect.arrayContaining(['studyResults', 'thesis', 'practice']));
    expect(asked('teacher')).toEqual(expect.arrayContaining(['category', 'employer']));
    expect(asked('teacher')).not.toContain('thesis');
    expect(asked('')).not.toContain('category');
  });

  it('hangs on nothing that is itself not asked', () => {
    const questions = file.questions.map((question) =>
      question.code === 'familyMoves'
        ? { ...question, when: { question: 'path' as const, is: ['teacher'] } }
        : question,
    );

    expect(
      named(askedFields({ ...file, questions }, { path: 'graduate', familyMoves: 'yes' })),
    ).not.toContain('familySize');
  });

  it('is the same of a draft and of the form that was submitted from it', () => {
    const typed = { ...typedWell, ...graduateWell };
    const form = checkForm(typed, file);

    expect(named(askedFields(file, form.ok ? form.value : {}))).toEqual(named(askedFields(file, typed)));
  });

  it('has a section only where something is asked in it', () => {
    const questions = file.questions.map((question) => ({
      ...question,
      ...(question.code === 'motivation' && { when: { question: 'path' as const, is: ['teacher'] } }),
    }));

    expect(askedSections({ ...file, questions }, { path: 'graduate' })).not.toContain('motivation');
    expect(askedSections({ ...file, questions }, { path: 'teacher' })).toContain('motivation');
  });
});

describe('the documents that are asked', () => {
  it('may hang on an answer as well', () => {
    expect(codes('teacher')).toContain('category-certificate');
    expect(codes('graduate')).toEqual(['diploma', 'recommendation', 'achievement-evidence']);
  });
});

describe('answers that are not asked any more', () => {
  it('are named, with none that is empty', () => {
    const graduate = { ...typedWell, ...graduateWell, position: ' ', totalYears: '' };

    expect(named(keptAside(file, graduate))).toEqual(['category', 'employer']);
    expect(keptAside(file, typedWell)).toEqual([]);
  });
});
