import { lookAgainAt, machine, run, waitForPeople } from '#workflows/asl.ts';
import { askNext, awaitAnswer, lapseOffer, readOffer, remindOffer } from '#workflows/contracts.ts';

/**
 * One offer, until it has ended and whoever comes next was asked. The record is the truth: an answer, another acceptance or a
 * withdrawal ends the offer there and wakes the machine, which then reads how it ended.
 */
export const offer = machine({
  Comment: 'One offer, from its making until the next person was asked.',
  StartAt: 'ReadOffer',
  States: {
    ReadOffer: { ...run(readOffer), Next: 'WhatNext' },
    WhatNext: {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $states.input.next = 'wait' %}", Next: 'AwaitAnswer' },
        { Condition: "{% $states.input.next = 'remind' %}", Next: 'RemindOffer' },
        { Condition: "{% $states.input.next = 'lapse' %}", Next: 'LapseOffer' },
        { Condition: "{% $states.input.next = 'ask' %}", Next: 'AskNext' },
      ],
      Default: 'Ended',
    },
    // Until the reminder is due, and after that until the deadline: whichever the step has computed.
    AwaitAnswer: {
      ...waitForPeople(awaitAnswer, '{% $states.input.seconds %}'),
      Catch: lookAgainAt('ReadOffer'),
      Next: 'ReadOffer',
    },
    RemindOffer: { ...run(remindOffer), Next: 'WhatNext' },
    // Compares the deadline when it writes: an answer that came first stands.
    LapseOffer: { ...run(lapseOffer), Next: 'WhatNext' },
    AskNext: { ...run(askNext), Next: 'Ended' },
    Ended: { Type: 'Succeed' },
  },
});
