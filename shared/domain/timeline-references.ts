import type { Application } from '#shared/domain/application.ts';
import { plannedEndOf } from '#shared/domain/publication.ts';
import { type Referee, referencesWanted } from '#shared/domain/reference.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';

/** Somebody who was named for a reference, by the name that the applicant typed; absent once it was erased. */
export type ReferenceOf = Pick<Referee, 'slot' | 'status' | 'askedAt' | 'endedAt'> & {
  name?: string | undefined;
};

type Of = {
  application: Application;
  round: Round;
  file: RoundFile;
  ended: ReadonlyMap<GatedStage, Instant>;
  referees?: readonly ReferenceOf[] | undefined;
};

type Place = {
  /** Whether references are taken at all, and by when screening, which they are for, ends as planned. */
  taken: boolean;
  by: Instant | undefined;
  submitted: boolean;
  /** When screening was over. */
  over: Instant | undefined;
};

/** Who was asked for a reference and who answered; where an answer is missing, by when it should be there and what can be done. */
export const referenceSteps = ({ referees = [], ended, ...of }: Of): TimelineStep[] => {
  const { application, round, file } = of;
  const place: Place = {
    taken: referencesWanted(application, round, file).ok,
    by: plannedEndOf(round, file, 'screening'),
    submitted: application.stage === 'submitted',
    over: ended.get('screening'),
  };
  return referees.flatMap((one) => stepsOf(one, place));
};

const stepsOf = ({ slot, name, askedAt, ...referee }: ReferenceOf, place: Place): TimelineStep[] => {
  const about = { reference: slot, ...(name !== undefined && { referee: name }) };
  const asked = askedAt ? [{ what: 'reference-asked' as const, done: true, at: askedAt }] : [];
  return [...asked, ...endOf(referee, place)].map((step) => Object.assign({}, step, about));
};

const endOf = (
  { status, endedAt }: Pick<ReferenceOf, 'status' | 'endedAt'>,
  place: Place,
): TimelineStep[] => {
  const ahead = (what: TimelineStep['what']): TimelineStep[] =>
    place.taken && place.submitted ? [{ what, done: false, ...(place.by && { at: place.by }) }] : [];
  switch (status) {
    case 'named':
      return ahead('reference-ask');
    case 'asked':
      return place.over
        ? [{ what: 'reference-missed', done: true, at: place.over }]
        : ahead('reference-awaited');
    case 'given':
      return [{ what: 'reference-given', done: true, ...(endedAt && { at: endedAt }) }];
    case 'declined':
      return [
        { what: 'reference-declined', done: true, ...(endedAt && { at: endedAt }) },
        ...ahead('reference-replace'),
      ];
    default:
      return status satisfies never;
  }
};
