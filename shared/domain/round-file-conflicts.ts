import type { QuestionCode } from '#shared/domain/application-form.ts';
import type { Ground } from '#shared/domain/conflict.ts';
import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';

/** What applicants must be asked for a ground to be found at all, one of it at least. */
const asks: Partial<Record<Ground, readonly [QuestionCode, ...QuestionCode[]]>> = {
  employer: ['employer'],
  'past-employer': ['pastEmployers', 'employer'],
  institution: ['institution'],
  address: ['address'],
  locality: ['address'],
};

const pathTo = (index: number) => ['conflicts', 'grounds', index, 'ground'];

/** Each ground is named once, and compares something that the round asks for. */
export const conflictRules = (file: Readable): Broken[] => {
  const { conflicts, questions } = file;
  const grounds = (conflicts?.grounds ?? []).map(({ ground }) => ground);
  const again = grounds.flatMap((ground, index) =>
    grounds.indexOf(ground) < index
      ? [{ path: pathTo(index), message: 'round-file.same-code', facts: { code: ground } }]
      : [],
  );
  const unasked = grounds.flatMap((ground, index) => {
    const { [ground]: anyOf } = asks;
    const isAsked = !anyOf || !questions || questions.some(({ code }) => anyOf.includes(code));
    return isAsked
      ? []
      : [{ path: pathTo(index), message: 'round-file.ground-unasked', facts: { code: anyOf[0] } }];
  });
  return [...again, ...unasked, ...unnamed(grounds, file)];
};

/** Nobody is named for a reference where the round asks for none. */
const unnamed = (grounds: readonly Ground[], { references }: Readable): Broken[] => {
  const index = grounds.indexOf('referee');
  return index < 0 || references ? [] : [{ path: pathTo(index), message: 'round-file.ground-unnamed' }];
};
