import type { FunctionSpec } from './function.ts';

/** What every step has, and those that write letters have besides. */
type Kinds = { step: Kind; writing: Kind };
type Kind = Pick<FunctionSpec, 'timeoutSeconds' | 'memoryMegabytes' | 'grants' | 'environment'>;

/** Steps of the machines that follow one person: an offer, a placement. */
export const personSteps = (kinds: Kinds) => ({ ...offerSteps(kinds), ...placementSteps(kinds) });

const offerSteps = ({ step, writing }: Kinds) =>
  ({
    ReadOffer: {
      id: 'ReadOffer',
      bundle: 'read-offer',
      description: 'Step: where does the offer stand?',
      ...step,
      grants: ['read-records'],
      harm: 'An offer cannot go on, because it cannot be read.',
    },
    AwaitAnswer: {
      id: 'AwaitAnswer',
      bundle: 'await-answer',
      description: 'Step: store the token of an offer, then wait for the answer.',
      ...step,
      harm: 'What an applicant declines is not offered on.',
    },
    RemindOffer: {
      id: 'RemindOffer',
      bundle: 'remind-offer',
      description: 'Step: remind of an offer that is not answered.',
      ...writing,
      harm: 'An applicant is not reminded of an offer.',
    },
    LapseOffer: {
      id: 'LapseOffer',
      bundle: 'lapse-offer',
      description: 'Step: end an offer whose deadline has passed.',
      ...writing,
      harm: 'An offer that nobody answered keeps its post (late answers are refused all the same).',
    },
    AskNext: {
      id: 'AskNext',
      bundle: 'ask-next',
      description: 'Step: offer what has become free to whoever comes next.',
      ...writing,
      harm: 'A free post is not offered to whoever comes next until the sweep does it.',
    },
  }) as const satisfies Record<string, FunctionSpec>;

const placementSteps = ({ step, writing }: Kinds) =>
  ({
    ReadPlacement: {
      id: 'ReadPlacement',
      bundle: 'read-placement',
      description: 'Step: does the placement still need somebody?',
      ...step,
      grants: ['read-records'],
      harm: 'Nobody is reminded of a checklist, because its placement cannot be read.',
    },
    RemindOwners: {
      id: 'RemindOwners',
      bundle: 'remind-owners',
      description: 'Step: remind those who have something to do before a person begins.',
      ...writing,
      harm: 'Owners of a checklist are not reminded.',
    },
  }) as const satisfies Record<string, FunctionSpec>;
