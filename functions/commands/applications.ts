import type { Applicant, CommandDeps } from '#functions/commands/deps.ts';
import type { Application, ApplicationIn, Receipt, WithdrawalReason } from '#shared/domain/application.ts';
import type { SectionId, Typed } from '#shared/domain/application-form.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, RoundId, VacancyCode } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';

type Answer<T = Versioned<Application>> = Promise<Result<T, Refusal>>;

/** What is stored of a section: `version` 0 and no fields when it was never saved. */
export type SectionView = { version: number; typed: Typed };

/** Everything an applicant's own pages show. `missing` is what submission would still be refused for. */
export type ApplicationView = {
  application: Application;
  version: number;
  round: Round;
  file: RoundFile;
  sections: Record<SectionId, SectionView>;
  missing: readonly Fault[];
};

/** Begins an application in an open call; a second time answers the one that was begun. */
export const startApplication = (_deps: CommandDeps, _command: { by: Applicant; roundId: RoundId }): Answer =>
  Promise.reject(new Error('Not written yet.'));

export const viewApplication = (
  _deps: CommandDeps,
  _command: { by: Applicant; applicationId: ApplicationId },
): Answer<ApplicationView> => Promise.reject(new Error('Not written yet.'));

/**
 * Saves what was typed into one section, complete or not. `basedOn` is the section's version that the page showed:
 * another tab's save in between answers `changed-meanwhile` with what is stored.
 */
export const saveSection = (
  _deps: CommandDeps,
  _command: {
    by: Applicant;
    applicationId: ApplicationId;
    section: SectionId;
    basedOn: number;
    typed: Typed;
  },
): Answer => Promise.reject(new Error('Not written yet.'));

/** Best first; at most the round file's limit, each once. */
export const rankVacancies = (
  _deps: CommandDeps,
  _command: { by: Applicant; applicationId: ApplicationId; codes: readonly VacancyCode[] },
): Answer => Promise.reject(new Error('Not written yet.'));

/** Submits; a second time answers the same receipt. */
export const submitApplication = (
  _deps: CommandDeps,
  _command: { by: Applicant; applicationId: ApplicationId },
): Answer<{ application: ApplicationIn<'submitted'>; receipt: Receipt }> =>
  Promise.reject(new Error('Not written yet.'));

/** The receipt of a submitted (or since withdrawn) application, rebuilt from the record and checked against its SHA-256. */
export const readReceipt = (
  _deps: CommandDeps,
  _command: { by: Applicant; applicationId: ApplicationId },
): Answer<{ receipt: Receipt; sha256: string }> => Promise.reject(new Error('Not written yet.'));

export const withdrawApplication = (
  _deps: CommandDeps,
  _command: { by: Applicant; applicationId: ApplicationId; reasonCode: WithdrawalReason },
): Answer => Promise.reject(new Error('Not written yet.'));

/** A person's applications, newest first. */
export const myApplications = (_deps: CommandDeps, _by: Applicant): Promise<Versioned<Application>[]> =>
  Promise.reject(new Error('Not written yet.'));
