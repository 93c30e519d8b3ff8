import { machine, run } from '#workflows/asl.ts';
import { readPlacement, remindOwners } from '#workflows/contracts.ts';

/** One placement, until everything required is done: owners are reminded every few working days. */
export const onboarding = machine({
  Comment: 'One placement, from the accepted offer until its checklist is done.',
  StartAt: 'ReadPlacement',
  States: {
    ReadPlacement: { ...run(readPlacement), Next: 'WhatNext' },
    WhatNext: {
      Type: 'Choice',
      Choices: [{ Condition: "{% $states.input.next = 'wait' %}", Next: 'WaitForReminder' }],
      Default: 'Done',
    },
    WaitForReminder: { Type: 'Wait', Timestamp: '{% $states.input.until %}', Next: 'RemindOwners' },
    RemindOwners: { ...run(remindOwners), Next: 'WhatNext' },
    Done: { Type: 'Succeed' },
  },
});
