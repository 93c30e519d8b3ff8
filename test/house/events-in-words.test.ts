import { expect, it } from 'vitest';
import { unremarkable } from '#functions/commands/application-timeline.ts';
import { ApplicationEvent } from '#shared/domain/application.ts';
import { CandidacyEvent } from '#shared/domain/candidacy.ts';
import { ClaimEvent } from '#shared/domain/claim.ts';
import { CommitteeEvent } from '#shared/domain/committee.ts';
import { DiscussionsEvent } from '#shared/domain/discussion.ts';
import { ElsewhereEvent } from '#shared/domain/elsewhere.ts';
import { FormulasEvent } from '#shared/domain/formula.ts';
import { GateEvent } from '#shared/domain/gate.ts';
import { MarksEvent } from '#shared/domain/marks.ts';
import { OwedInterviewEvent } from '#shared/domain/owed-interview.ts';
import { PassportEvent } from '#shared/domain/passport.ts';
import { PollsEvent } from '#shared/domain/poll.ts';
import { RedactionEvent } from '#shared/domain/redaction.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import { isMessageKey } from '#shared/i18n/index.ts';
import { CorrectionEvent } from '#shared/replay/correction.ts';

/** Everything that the timeline of a round can hold. */
const types = [
  ...RoundEvent.options,
  ...GateEvent.options,
  ...CommitteeEvent.options,
  ...MarksEvent.options,
  ...CorrectionEvent.options,
  ...ElsewhereEvent.options,
  ...FormulasEvent.options,
  ...PassportEvent.options,
  ...DiscussionsEvent.options,
  ...PollsEvent.options,
].map(({ shape }) => shape.type.value);

it.for(types)('the timeline of a round says %s in words', (type) => {
  expect(isMessageKey(`watch.event.${type}`)).toBe(true);
});

/** Everything that the timeline of an application can hold besides what was decided about the round. */
const own = [
  ...ApplicationEvent.options,
  ...CandidacyEvent.options,
  ...ClaimEvent.options,
  ...RedactionEvent.options,
  ...OwedInterviewEvent.options,
]
  .map(({ shape }) => shape.type.value)
  .filter((type) => !unremarkable.has(type));

it.for(own)('the timeline of an application says %s in words', (type) => {
  expect(isMessageKey(`timeline.event.${type}`)).toBe(true);
});
