import { type Application, receivedIn, type SubmittedFile } from '#shared/domain/application.ts';
import { endsProcessing } from '#shared/domain/application-decisions.ts';
import { RedactableText } from '#shared/domain/application-form.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { DocumentId, InquiryId, RefereeId, Sha256 } from '#shared/domain/ids.ts';
import type { Copy, RedactedItem, Redaction, RedactionEvent } from '#shared/domain/redaction.ts';
import type { Referee, References } from '#shared/domain/reference.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Stage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** One original of which raters are to see a copy, by the digest that it has now. */
export type Original = { of: Sha256 } & (
  | { kind: 'text'; item: RedactableText }
  /** Typed to a question of the committee; `place`: the how manieth of the application. */
  | { kind: 'answer'; item: InquiryId; place: number }
  | { kind: 'reference'; item: RefereeId; place: number }
  | { kind: 'file'; item: DocumentId; requirement: string }
);

/**
 * Everything of an application that the round file shows in a blind stage, in its order: texts that were answered and files that
 * arrived, also with an answer to the committee, what was typed with it, and what referees wrote. Only digests and ids; nothing of an
 * application that takes no part any more.
 */
export const originalsOf = (
  { blind }: Pick<RoundFile, 'blind'>,
  candidacy: Candidacy,
  application: Application | undefined,
  references: Pick<References, 'referees'> | undefined,
): Original[] => {
  const { shown } = blind;
  if (!shown || candidacy.withdrawnAt || application?.stage !== 'submitted') return [];
  if (endsProcessing(application)) return [];
  const { texts: answered = RedactableText.options } = candidacy.facts;
  const texts = shown.texts.filter((item) => answered.includes(item));
  const answers = (candidacy.inquiries ?? []).filter(({ status }) => status === 'answered');
  const files = [application, ...answers].flatMap(receivedIn);
  return [
    ...texts.map((item) => ({ kind: 'text', item, of: application.form.digest }) as const),
    ...(shown.answers ? typedAnswers(candidacy) : []),
    ...(shown.references ? writtenBy(references?.referees ?? []) : []),
    ...shown.documents.flatMap((code) =>
      files
        .filter(({ requirement }) => requirement === code)
        .map(({ id: item, requirement, sha256: of }) => ({ kind: 'file', item, requirement, of }) as const),
    ),
  ];
};

const typedAnswers = ({ inquiries = [] }: Candidacy): Original[] =>
  inquiries.flatMap(({ id: item, status, answer }, index): Original[] =>
    status === 'answered' && answer ? [{ kind: 'answer', item, place: index + 1, of: answer.digest }] : [],
  );

const writtenBy = (referees: readonly Referee[]): Original[] =>
  referees.flatMap(({ id: item, slot: place, status, answer }): Original[] =>
    status === 'given' && answer ? [{ kind: 'reference', item, place, of: answer.digest }] : [],
  );

/** `stale`: made from an original that is no longer in force, so it is shown to nobody. */
export type CopyStanding = 'missing' | 'released' | 'withheld' | 'taken-back' | 'stale';

export const copyStanding = (copy: Copy | undefined, { of }: Pick<Original, 'of'>): CopyStanding => {
  if (!copy) return 'missing';
  if (copy.status === 'taken-back') return 'taken-back';
  if (copy.of !== of) return 'stale';
  return copy.status === 'withheld' ? 'withheld' : 'released';
};

/** Raters see it, or were told why they do not. */
export const isSettled = (standing: CopyStanding): boolean =>
  standing === 'released' || standing === 'withheld';

/** Originals that nobody has released or withheld a copy of, as they stand now. */
export const unsettled = (
  originals: readonly Original[],
  redaction: Pick<Redaction, 'copies'> | undefined,
): Original[] =>
  originals.filter((original) => !isSettled(copyStanding(redaction?.copies[original.item], original)));

/** Whether raters of this stage do not know whose application it is. */
export const isBlind = ({ blind }: Pick<RoundFile, 'blind'>, stage: Stage): boolean =>
  blind.stages.some((one) => one === stage);

/** Whether scoring, which is blind in this round, must wait for copies. */
export const holdsScoring = (file: Pick<RoundFile, 'blind'>): boolean =>
  isBlind(file, 'scoring') && file.blind.shown?.missing === 'stop';

/** What is decided about one copy. */
export type CopyDecision =
  | { status: 'text-released'; copy: DocumentRef; whole: boolean }
  | { status: 'file-released'; file: SubmittedFile }
  | { status: 'withheld'; reason: DocumentRef };

/**
 * Releases or withholds a copy of an original as it stands now. What was released is never edited: it is taken back first, so
 * `changed-meanwhile` where a copy of this original stands.
 */
export const settleCopy = (
  redaction: Redaction,
  original: Original,
  decision: CopyDecision,
  at: Instant,
): Result<RedactionEvent[], Refusal> => {
  if (isSettled(copyStanding(redaction.copies[original.item], original))) {
    return refuse({ kind: 'changed-meanwhile' });
  }
  const { of } = original;
  if (decision.status === 'withheld') {
    const { reason } = decision;
    return ok([{ type: 'copy-withheld', at, item: original.item, of, reason }]);
  }
  if (decision.status === 'text-released' && original.kind !== 'file') {
    const { copy, whole } = decision;
    return ok([
      { type: 'text-released', at, item: original.item, of, copy, ...(whole && { whole: true as const }) },
    ]);
  }
  if (decision.status === 'file-released' && original.kind === 'file') {
    return ok([{ type: 'file-released', at, item: original.item, of, file: decision.file }]);
  }
  return refuse({ kind: 'not-found', what: 'document' });
};

/** Takes a copy back; what stands as taken back already stays so. */
export const takeCopyBack = (redaction: Redaction, item: RedactedItem, at: Instant): RedactionEvent[] => {
  const copy = redaction.copies[item];
  return copy && copy.status !== 'taken-back' ? [{ type: 'copy-taken-back', at, item }] : [];
};

/** The redacted files that were sent for an original: what arrived last, and what was announced or refused since. */
export const uploadsFor = ({ uploads }: Pick<Redaction, 'uploads'>, original: DocumentId) => {
  const own = uploads.filter(({ requirement }) => requirement === original);
  const last = own.at(-1);
  const [arrived] = receivedIn({ documents: own }).slice(-1);
  return { arrived, since: last?.status === 'received' ? undefined : last };
};
