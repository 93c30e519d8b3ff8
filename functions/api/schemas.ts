import * as z from 'zod';
import type { CallView, RoundView } from '#functions/commands/rounds.ts';
import { Application, UploadedDocument } from '#shared/domain/application.ts';
import { SectionId, Typed } from '#shared/domain/application-form.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { ApplicationId, ApplicationNumber, RoundId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { type Round } from '#shared/domain/round.ts';
import { Stage } from '#shared/domain/stage.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

const FaultAnswer = z.object({
  place: z.string(),
  message: z.string(),
  /** The message in the language of the answer. */
  text: z.string(),
  line: z.int().optional(),
  column: z.int().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** A round as programs see it: stage, dates and what is pinned. The file and the register have addresses of their own. */
export const RoundAnswer = z.object({
  id: RoundId,
  version: z.int(),
  region: RegionCode,
  stage: Stage,
  intake: z.string(),
  opensAt: Instant.optional(),
  closesAt: Instant,
  /** SHA-256 of the round file's exact bytes. */
  file: Sha256,
  register: z.object({ sha256: Sha256, vacancies: z.int(), posts: z.int() }).optional(),
});

export const roundAnswer = ({ version, state }: Versioned<Round>): z.input<typeof RoundAnswer> => ({
  id: state.id,
  version,
  region: state.region,
  stage: state.stage,
  intake: state.plan.intake,
  opensAt: state.plan.opensAt,
  closesAt: ('closesAt' in state ? state.closesAt : undefined) ?? state.plan.closesAt,
  file: state.plan.file,
  register: state.register,
});

export const CallAnswer = RoundAnswer.extend({
  /** Whether people may apply now. */
  open: z.boolean(),
  /** Announced: people may apply from `opensAt` on. */
  coming: z.boolean(),
  title: Texts,
  summary: Texts,
});

/** An application as its owner sees it, without what was typed. */
export const ApplicationAnswer = z.object({
  id: ApplicationId,
  number: ApplicationNumber,
  version: z.int(),
  roundId: RoundId,
  stage: z.enum(['draft', 'submitted', 'withdrawn']),
  startedAt: Instant,
  documents: z.array(UploadedDocument),
  choices: z.array(VacancyCode),
  submittedAt: Instant.optional(),
  /** SHA-256 of the receipt's canonical JSON. */
  receipt: Sha256.optional(),
  /** How often it was submitted, from the second time on. */
  submissions: z.int().optional(),
  /** Opened again: what is being changed, beside what stays in force until it is submitted anew. */
  amendment: z
    .object({ begunAt: Instant, documents: z.array(UploadedDocument), choices: z.array(VacancyCode) })
    .optional(),
});

export const applicationAnswer = ({
  version,
  state,
}: Versioned<Application>): z.input<typeof ApplicationAnswer> => ({ version, ...state });

/**
 * An application with everything typed so far, and what submission would still be refused for. Where it is open again the
 * sections are those that are being changed.
 */
export const WholeApplicationAnswer = ApplicationAnswer.extend({
  sections: z.record(SectionId, z.object({ version: z.int(), typed: Typed })),
  missing: z.array(FaultAnswer),
});

export const versionedOf = ({ round, version }: Pick<RoundView, 'round' | 'version'>): Versioned<Round> => ({
  id: round.id,
  version,
  state: round,
});

export const callAnswer = (view: Omit<CallView, 'vacancies'>): z.input<typeof CallAnswer> => ({
  ...roundAnswer(versionedOf(view)),
  open: view.open,
  coming: view.coming,
  title: view.file.title,
  summary: view.file.summary,
});

/** An identifier that cannot be one is answered like one that does not exist. */
export const withRound = async <T>(
  given: string | undefined,
  work: (id: RoundId) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> => {
  const id = RoundId.safeParse(given);
  return id.success ? await work(id.data) : refuse({ kind: 'not-found', what: 'round' });
};

export const withApplication = async <T>(
  given: string | undefined,
  work: (id: ApplicationId) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> => {
  const id = ApplicationId.safeParse(given);
  return id.success ? await work(id.data) : refuse({ kind: 'not-found', what: 'application' });
};
