import type { OneInterview } from '#functions/commands/one-interview.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { owedPaths } from '../owed/paths.ts';
import { paths } from '../paths.ts';

type Of = Pick<OneInterview, 'owed' | 'line'> & { place: { round: { id: string } } };

/** Where an interview of the stage is held, or one that was owed. */
export const heldPaths = {
  page: (locale: Locale, { owed, place, line }: Of): string =>
    (owed ? owedPaths.held : paths.interviewed)(locale, place.round.id, line.applicationId),
  note: (locale: Locale, { owed, place, line }: Of): string =>
    (owed ? owedPaths.note : paths.interviewNote)(locale, place.round.id, line.applicationId),
  attendance: (locale: Locale, { owed, place, line }: Of): string =>
    (owed ? owedPaths.attendance : paths.attendance)(locale, place.round.id, line.applicationId),
  needs: (locale: Locale, interview: Of): string => `${heldPaths.page(locale, interview)}/needs`,
};
