import type { CallView } from '#functions/commands/rounds.ts';

export { deadlineOf } from '#shared/domain/call-deadlines.ts';

/** A call as the public's list has it: without its vacancies. */
export type PublicCall = Omit<CallView, 'vacancies'>;
