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
        'keep an acceptance': 'answer kept',
      },
      'answer kept': {
        accept: 'accepted',
        'accept on a condition': 'conditional',
        decline: 'declined',
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
        'keep that it is fulfilled': 'condition kept',
      },
      'condition kept': {
        'confirm the condition': 'accepted',
        decline: 'declined',
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
    moves: {
      open: { uphold: 'upheld', reject: 'rejected', withdraw: 'withdrawn' },
      withdrawn: { 'claim again': 'open' },
      upheld: { 'ask to reopen': 'reopening upheld' },
      rejected: { 'ask to reopen': 'reopening rejected' },
      'reopening upheld': { reopen: 'open', 'refuse to reopen': 'upheld' },
      'reopening rejected': { reopen: 'open', 'refuse to reopen': 'rejected' },
    },
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
  placement: {
    title: 'A placement',
    start: 'open',
    moves: {
      open: {
        'do the last thing': 'complete',
        'ask to begin later': 'asked to begin later',
        withdraw: 'closed',
      },
      'asked to begin later': {
        grant: 'open',
        refuse: 'open',
        'release the post': 'closed',
        'do the last thing': 'complete',
        withdraw: 'closed',
      },
      complete: { 'take it back': 'open', withdraw: 'closed' },
      closed: {},
    },
  },
  rating: {
    title: 'A rating that one rater is asked for',
    start: 'asked',
    moves: {
      asked: {
        'put aside': 'begun',
        give: 'given',
        'hand back': 'with another',
        'leave the committee': 'with another',
        'move to another': 'with another',
      },
      begun: { give: 'given', 'hand back': 'with another', 'leave the committee': 'with another' },
      given: {},
      'with another': { 'ask again': 'asked' },
    },
  },
  capacity: {
    title: 'Another number of posts',
    start: 'waiting',
    moves: {
      waiting: { confirm: 'confirmed', refuse: 'refused', 'propose another number': 'replaced' },
      confirmed: {},
      refused: {},
      replaced: {},
    },
  },
  'owed-interview': {
    title: 'An interview that was owed',
    start: 'waiting',
    moves: {
      waiting: { grant: 'granted', refuse: 'refused' },
      refused: { 'ask again': 'waiting' },
      granted: { plan: 'planned' },
      planned: { 'not come': 'missed', count: 'counted', 'take the time back': 'granted' },
      missed: { 'come after all': 'planned', 'take the time back': 'granted' },
      counted: { 'take the correction back': 'planned' },
    },
  },
} as const satisfies Record<string, StateMachine>;

export type MachineKind = keyof typeof stateMachines;
