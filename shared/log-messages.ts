/**
 * Every line we log. Search production by code; the sentence is for the person reading. Codes that an alarm counts
 * (`infra/aws/alarms.ts`) must keep their name.
 */
export const logMessages = {
  STARTED: 'A step or a scheduled run began.',
  COMPLETED: 'A step or a scheduled run ended well.',
  FAILED: 'A step or a scheduled run ended with an error and will be tried again.',
  REQUEST_TOO_LONG:
    'A page or an API request was not answered in its time; the visitor was told to look and try again.',
  REQUEST_FAILED: 'A page or an API request ended with an unexpected error.',
  NUDGE_LOST: 'The outbox could not be asked to look at once; it looks at its next minute.',
  OUTBOX_ROW_DONE: 'A letter was handed over or a workflow was signalled.',
  LETTER_TO_NOBODY: 'A letter was for a person who has no address any more, so it was not sent.',
  OUTBOX_ROW_FAILED: 'A letter or a workflow signal could not be delivered and stays in the outbox.',
  OUTBOX_ROW_OLD: 'A letter or a workflow signal has waited in the outbox for too long.',
  GATE_SIGNAL_LOST: 'A gate was decided, but its execution no longer waits for it.',
  OFFER_SIGNAL_LOST:
    'An offer was answered while its execution was between two waits; it reads the answer by itself.',
  GATE_WAITING_LONG: 'A gate has waited for the committee longer than the stage allows.',
  LETTERS_WAITING:
    'A decision was made, and the letters about it have waited overnight for somebody to release them.',
  ROUND_EXECUTION_RESTARTED: 'A round had no running execution, so the sweep started its next one.',
  OFFER_EXECUTION_RESTARTED: 'An open offer had no running execution, so the sweep started its next one.',
  PLACEMENT_EXECUTION_RESTARTED:
    'An open placement had no running execution, so the sweep started its next one.',
  OFFER_NOT_SOUND:
    'An offer was not made, because the checker found that somebody would be skipped or a seat given twice.',
  ANSWER_NOT_SOUND:
    'An answer, a lapse or a departure was not stored, because the checker found that it would leave offers and seats wrong.',
  OFFERS_MADE: 'Offers were made to those who come next.',
  TIME_ZONES_OLD:
    'The runtime does not know that Kazakhstan is UTC+5 since 1 March 2024: deadlines are an hour off.',
  PACKET_MADE: 'People who agreed were handed over to another region: a packet was sealed, signed and kept.',
  STATEMENT_SIGNED: 'What people of another region’s packet answered was sealed and signed, for that region.',
  ELSEWHERE_ANSWERS_APPLIED: 'What people answered in another region was applied to their candidacies.',
  OUTCOME_SIGNED: 'What became of the people of another region’s packet was signed, for that region.',
  ELSEWHERE_TOLD: 'People who agreed were told what came of posts of another region.',
  OPEN_POSTS_SIGNED: 'A list of posts that stay empty was signed, for other regions.',
  RESULTS_PUBLISHED: 'A bundle of results was checked, signed and kept for anyone to read.',
  ERASED_AGAIN:
    'People who were erased stood in the tables again, as after a restore, and are being erased once more.',
  RETENTION_ENDED: 'The time of applications in an ended round is over, and they are being erased.',
  SWEEP_COMPLETED: 'The sweep looked at every open round.',
  INVARIANT_BROKEN: 'A record differs from what its events say, or its chain of events is broken.',
  STATE_IMPOSSIBLE: 'Records of a round are in a state that should be impossible.',
  CHAIN_CUT: 'A record lacks what the last anchor says that it had, or the anchor itself is gone or changed.',
  CHECKS_OLD: 'The nightly checks have not come to their end for longer than a night and a half.',
  INVARIANTS_HELD: 'Nothing wrong was found in all that was checked.',
  DOCUMENT_RECEIVED: 'An uploaded document was measured, hashed and recorded.',
  DOCUMENT_REFUSED: 'An uploaded object was not a document that an application may have.',
  DOCUMENT_UNREADABLE:
    'The scanner could not look into an uploaded file, which was thrown away; whoever sent it is told.',
  DOCUMENT_INFECTED: 'The scanner found malware in an uploaded file, which was thrown away.',
  SCANNER_DOWN: 'The scanner could not be asked about an uploaded file, or not judge it: it stays held.',
  LETTER_RETURNED: 'A letter came back from its mailbox; its reader is told where they are signed in.',
  INVITATION_WRITTEN: 'The deployer wrote a one-time enrolment link.',
} as const;

export type LogCode = keyof typeof logMessages;

/** Identifiers, codes and numbers only. Names, addresses, answers and free text never reach a log. */
export type LogFacts = {
  roundId?: string;
  applicationId?: string;
  /** The application of whose document it is a redacted copy. */
  redactionOf?: string;
  personId?: string;
  gateId?: string;
  slotId?: string;
  claimId?: string;
  offerId?: string;
  placementId?: string;
  dataRequestId?: string;
  documentId?: string;
  outboxId?: string;
  requestId?: string;
  aggregate?: string;
  version?: number;
  step?: string;
  stage?: string;
  attempt?: number;
  executionName?: string;
  /** A route's pattern, never the path that was asked for. */
  route?: string;
  status?: number;
  milliseconds?: number;
  count?: number;
  ageSeconds?: number;
  bytes?: number;
  /** A refusal's kind or an error's name: a code, not a sentence. */
  reason?: string;
};
