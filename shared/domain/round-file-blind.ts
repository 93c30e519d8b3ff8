import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';

/** What is shown in a blind stage is asked for, there is such a stage, and only a blind scoring waits for copies. */
export const blindRules = ({ blind, documents, questions, references }: Readable): Broken[] => {
  if (!blind?.shown) return [];
  const path = ['blind', 'shown'];
  const { shown, stages } = blind;
  const unknown = (list: 'texts' | 'documents', asked: readonly { code: string }[] | undefined): Broken[] =>
    shown[list].flatMap((code, index) =>
      !asked || asked.some((one) => one.code === code)
        ? []
        : [{ path: [...path, list, index], message: 'round-file.unknown-code', facts: { code } }],
    );
  return [
    ...(stages.length === 0 ? [{ path, message: 'round-file.shown-nowhere' }] : []),
    ...(shown.references && !references
      ? [{ path: [...path, 'references'], message: 'round-file.shown-unasked' }]
      : []),
    ...(stages.length > 0 && shown.missing === 'stop' && !stages.includes('scoring')
      ? [{ path: [...path, 'missing'], message: 'round-file.stop-not-blind' }]
      : []),
    ...unknown('texts', questions),
    ...unknown('documents', documents),
  ];
};
