import type { StateMachine } from '#shared/machines/machine.ts';

/** The machines of records that people move. A round's own is walked in `round-model.test.ts` and followed by `workflows/`. */
export const stateMachines = {
  application: {
    title: 'An application',
    start: 'draft',
    moves: {
      draft: { submit: 'submitted', withdraw: 'withdrawn' },
      submitted: { amend: 'being changed', withdraw: 'withdrawn' },
      'being changed': { submit: 'submitted', 'give up': 'submitted', withdraw: 'withdrawn' },
      withdrawn: {},
    },
  },
  offer: {
    title: 'An offer',
    start: 'open',
    moves: {
      open: {
        accept: 'accepted',
        'accept on a condition': 'conditional',
        decline: 'declined',
        lapse: 'lapsed',
        'end offers': 'closed',
        withdraw: 'closed',
        'wait for a later intake': 'closed',
      },
      conditional: {
        'confirm the condition': 'accepted',
        decline: 'declined',
        lapse: 'lapsed',
        'end offers': 'closed',
        withdraw: 'closed',
        'wait for a later intake': 'closed',
      },
      accepted: { withdraw: 'closed', 'wait for a later intake': 'closed' },
      declined: {},
      lapsed: {},
      closed: {},
    },
  },
  claim: {
    title: 'A claim',
    start: 'open',
    moves: { open: { uphold: 'upheld', reject: 'rejected' }, upheld: {}, rejected: {} },
  },
  slot: {
    title: 'The time of an interview',
    start: 'free',
    moves: {
      free: { book: 'booked', remove: 'removed', 'call off': 'called off' },
      booked: { free: 'free', 'call off': 'called off' },
      'called off': { restore: 'free' },
      removed: {},
    },
  },
  gate: {
    title: 'A gate',
    start: 'at work',
    moves: {
      'at work': { stop: 'stopped', 'draw up': 'on the table', 'let go': 'decided' },
      stopped: { resume: 'at work', 'take back': 'at work', 'draw up': 'on the table', 'let go': 'decided' },
      'on the table': { vote: 'voted for', 'take back': 'at work', 'let go': 'decided' },
      'voted for': {
        'draw up another': 'on the table',
        'take back': 'at work',
        decide: 'decided',
        'let go': 'decided',
      },
      decided: {},
    },
  },
  correction: {
    title: 'A correction',
    start: 'waiting',
    moves: {
      waiting: { apply: 'applied', refuse: 'refused', withdraw: 'withdrawn' },
      applied: {},
      refused: {},
      withdrawn: {},
    },
  },
  remedy: {
    title: 'A remedy',
    start: 'waiting',
    moves: { waiting: { grant: 'granted', refuse: 'refused' }, granted: {}, refused: {} },
  },
} as const satisfies Record<string, StateMachine>;

export type MachineKind = keyof typeof stateMachines;
