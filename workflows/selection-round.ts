import { lookAgainAt, machine, run, waitForGate } from '#workflows/asl.ts';
import { closeCall, openGate, readRound } from '#workflows/contracts.ts';

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
        { Condition: "{% $states.input.stage = 'screening' %}", Next: 'ScreeningGate' },
        { Condition: "{% $states.input.stage = 'closed' %}", Next: 'Closed' },
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
    ScreeningGate: { ...waitForGate(openGate, 30), Catch: lookAgainAt('ReadRound'), Next: 'ReadRound' },
    Closed: { Type: 'Succeed' },
    Cancelled: { Type: 'Succeed' },
    NothingToFollow: {
      Type: 'Fail',
      Error: 'NothingToFollow',
      Cause: 'The round is in a stage that this machine does not follow.',
    },
  },
});
