import { drawPaper } from '#shared/papers/order.ts';
import { lookAgainAt, machine, run, waitForGate } from '#workflows/asl.ts';
import {
  assignRaters,
  closeCall,
  gatherMinutes,
  openGate,
  prepareScreening,
  readRound,
  recordMinutes,
} from '#workflows/contracts.ts';

/** Where people decide. The round moves on by their decision, which the machine reads from the record. */
const gate = { ...waitForGate(openGate, 30), Catch: lookAgainAt('ReadRound'), Next: 'ReadRound' } as const;

/** The function has 300 seconds: three languages of the longest tables. */
const drawingSeconds = 310;

/**
 * One selection round, read from top to bottom. The record is the truth and the execution follows it: the first
 * states look where the round stands, so an execution can be started again at any stage.
 */
export const selectionRound = machine({
  Comment: 'One selection round, from the open call to the end.',
  StartAt: 'ReadRound',
  States: {
    ReadRound: { ...run(readRound), Next: 'WhichStage' },
    WhichStage: {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $states.input.stage = 'call' %}", Next: 'WaitForDeadline' },
        { Condition: "{% $states.input.stage = 'screening' %}", Next: 'PrepareScreening' },
        { Condition: "{% $states.input.stage = 'scoring' %}", Next: 'AssignRaters' },
        { Condition: "{% $states.input.stage = 'interviews' %}", Next: 'InterviewsGate' },
        { Condition: "{% $states.input.stage = 'preliminary' %}", Next: 'PreliminaryGate' },
        { Condition: "{% $states.input.stage = 'claims' %}", Next: 'ClaimsGate' },
        { Condition: "{% $states.input.stage = 'offers' %}", Next: 'OffersGate' },
        { Condition: "{% $states.input.stage = 'onboarding' %}", Next: 'OnboardingGate' },
        { Condition: "{% $states.input.stage = 'closed' %}", Next: 'GatherMinutes' },
        { Condition: "{% $states.input.stage = 'cancelled' %}", Next: 'Cancelled' },
      ],
      Default: 'NothingToFollow',
    },
    WaitForDeadline: {
      Type: 'Wait',
      Timestamp: '{% $states.input.closesAt %}',
      Next: 'CloseCall',
    },
    // A deadline that was extended meanwhile comes back as stage 'call' with a later closesAt: wait again.
    CloseCall: { ...run(closeCall), Next: 'WhichStage' },
    // A round of ten thousand applications takes several goes, each of them short; then people can begin.
    PrepareScreening: { ...run(prepareScreening), Next: 'WhatIsReady' },
    AssignRaters: { ...run(assignRaters), Next: 'WhatIsReady' },
    WhatIsReady: {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $states.input.ready = 'screening' %}", Next: 'ScreeningGate' },
        { Condition: "{% $states.input.ready = 'scoring' %}", Next: 'ScoringGate' },
      ],
      Default: 'ReadRound',
    },
    ScreeningGate: gate,
    ScoringGate: gate,
    InterviewsGate: gate,
    PreliminaryGate: gate,
    // Claims are decided as they come, so the gate is open meanwhile; its decision is refused before the window closes.
    ClaimsGate: gate,
    OffersGate: gate,
    OnboardingGate: gate,
    // What was kept, drawn or noted before is answered again, so that a second execution writes no second minutes.
    GatherMinutes: { ...run(gatherMinutes), Next: 'DrawMinutes' },
    DrawMinutes: { ...run(drawPaper, drawingSeconds), Next: 'RecordMinutes' },
    RecordMinutes: { ...run(recordMinutes), Next: 'Closed' },
    Closed: { Type: 'Succeed' },
    // A cancelled round has no result that a committee could sign.
    Cancelled: { Type: 'Succeed' },
    NothingToFollow: {
      Type: 'Fail',
      Error: 'NothingToFollow',
      Cause: 'The round is in a stage that this machine does not follow.',
    },
  },
});
