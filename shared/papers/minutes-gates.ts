import type { Minutes, MinutesGate } from './minutes.ts';
import { adjustmentFacts } from './minutes-adjustment.ts';
import { nameOf } from './minutes-committee.ts';
import { discussionBlocks } from './minutes-discussions.ts';
import { lineFact } from './minutes-line.ts';
import { pollBlocks } from './minutes-polls.ts';
import { afterCardsFact } from './minutes-ratings.ts';
import type { PaperBlock, PaperFact, PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** Each gate in the order in which it opened: meetings, quorum, votes, decision, departures, and what was undone. */
export const gatesSection = (minutes: Minutes, t: PaperTranslator): PaperSection => ({
  heading: t('papers.gates.heading'),
  blocks:
    minutes.gates.length > 0
      ? minutes.gates.flatMap((gate) => gateBlocks(gate, minutes, t))
      : [{ kind: 'text', text: t('papers.gates.none') }],
});

const gateBlocks = (gate: MinutesGate, minutes: Minutes, t: PaperTranslator): PaperBlock[] => {
  const stage = t(`codes.stage.${gate.stage}`);
  const { attempt } = gate;
  return [
    { kind: 'heading', text: attempt > 1 ? t('papers.gates.again', { stage, attempt }) : stage },
    { kind: 'facts', facts: gateFacts(gate, minutes, t) },
    ...discussionBlocks(gate, minutes, t),
    ...pollBlocks(gate, minutes, t),
    ...departureBlocks(gate, t),
  ];
};

const gateFacts = (gate: MinutesGate, minutes: Minutes, t: PaperTranslator): PaperFact[] => {
  const { openedAt, needed, voters, votes, undone } = gate;
  return [
    { name: t('papers.gates.opened'), value: t.moment(openedAt, minutes.zone) },
    ...drawingFact(gate, minutes, t),
    ...furtherFact(gate, minutes, t),
    ...handedBackFact(gate, t),
    ...afterCardsFact(gate, t),
    ...lotsFact(gate, t),
    ...adjustmentFacts(gate, t),
    ...lineFact(gate, t),
    ...chairedFact(gate, minutes, t),
    ...gate.meetings.map((meeting) => meetingFact(meeting, minutes, t)),
    {
      name: t('papers.gates.quorum'),
      value: t('papers.gates.quorum.met', { needed, voters, cast: votes.filter(counts).length }),
    },
    ...choices.flatMap((choice) => votesFact(choice, gate, { minutes, t })),
    ...recusalsFact(gate, minutes, t),
    ...(gate.confirmed === undefined
      ? []
      : [{ name: t('papers.gates.confirmed'), value: t.number(gate.confirmed) }]),
    { name: t('papers.gates.decided'), value: decisionText(gate, minutes, t) },
    ...(undone ? [undoneFact(undone, minutes, t)] : []),
  ];
};

const drawingFact = ({ drawing }: MinutesGate, { zone }: Minutes, t: PaperTranslator): PaperFact[] => {
  if (!drawing) return [];
  const { at, sha256, anchors, chance, moved } = drawing;
  const lines = [
    t('papers.gates.drawing.file', { at: t.moment(at, zone), sha256 }),
    ...(anchors === undefined ? [] : [t('papers.gates.drawing.anchors', { count: anchors })]),
    ...(chance ? [t('papers.gates.drawing.chance', { percent: chance.atMostPercent })] : []),
    ...(chance && chance.above > 0 ? [t('papers.gates.drawing.above', { count: chance.above })] : []),
    ...(moved === undefined ? [] : [t('papers.gates.drawing.moved', { count: moved })]),
  ];
  return [{ name: t('papers.gates.drawing'), value: lines.join('\n') }];
};

const furtherFact = ({ further = [] }: MinutesGate, { zone }: Minutes, t: PaperTranslator): PaperFact[] => {
  if (further.length === 0) return [];
  const turns = further.map(({ at, basis, applications: count }) =>
    t('papers.gates.further.turn', { at: t.moment(at, zone), count, basis }),
  );
  return [{ name: t('papers.gates.further'), value: turns.join('\n') }];
};

const handedBackFact = ({ handedBack }: MinutesGate, t: PaperTranslator): PaperFact[] =>
  handedBack === undefined ? [] : [{ name: t('papers.gates.handed-back'), value: t.number(handedBack) }];

const lotsFact = ({ lots }: MinutesGate, t: PaperTranslator): PaperFact[] => {
  if (!lots) return [];
  const decided = lots.decided.map((numbers) =>
    t('papers.gates.lots.decided', { numbers: numbers.join(', ') }),
  );
  const seed = t('papers.gates.lots.seed', { seed: lots.seed });
  return [{ name: t('papers.gates.lots'), value: [...decided, seed].join('\n') }];
};

/** Who chaired because the chair was away, and why. */
const chairedFact = ({ chaired }: MinutesGate, minutes: Minutes, t: PaperTranslator): PaperFact[] => {
  if (!chaired) return [];
  const why = chaired.reason === undefined ? [] : [t('papers.gates.reason', { reason: chaired.reason })];
  return [{ name: t('papers.gates.chaired'), value: [nameOf(minutes, chaired.by, t), ...why].join('. ') }];
};

/** Applications that were decided without some of these votes, and by whom in the chair's place. */
const recusalsFact = ({ recusals = [] }: MinutesGate, minutes: Minutes, t: PaperTranslator): PaperFact[] => {
  const lines = recusals.map(({ members, applications, presided, needed, wholeList }) => {
    const names = members.map((id) => nameOf(minutes, id, t)).join(', ');
    return [
      wholeList
        ? t('papers.gates.recusal.list', { names })
        : t('papers.gates.recusal', { names, numbers: applications.join(', ') }),
      ...(needed === undefined ? [] : [t('papers.gates.recusal.needed', { count: needed })]),
      ...(presided === undefined
        ? []
        : [t('papers.gates.recusal.presided', { name: nameOf(minutes, presided, t) })]),
    ].join(' ');
  });
  return lines.length > 0 ? [{ name: t('papers.gates.recusals'), value: lines.join('\n') }] : [];
};

const counts = ({ uncounted }: MinutesGate['votes'][number]): boolean => !uncounted;

const choices = ['for', 'against', 'abstain'] as const;

const meetingFact = (
  { at, outcome, present, reason }: MinutesGate['meetings'][number],
  minutes: Minutes,
  t: PaperTranslator,
): PaperFact => {
  const names = present.map((personId) => nameOf(minutes, personId, t)).join(', ');
  const said = t(`papers.gates.meeting.${outcome}`, {
    at: t.moment(at, minutes.zone),
    count: present.length,
    names: names || t('papers.gates.nobody'),
  });
  const why = reason === undefined ? [] : [t('papers.gates.reason', { reason })];
  return { name: t('papers.gates.meeting'), value: [`${said}.`, ...why].join(' ') };
};

/** Who voted so: names in one line, each with a reason in a line of its own. Nobody voting so says 0. */
const votesFact = (
  choice: (typeof choices)[number],
  { votes }: MinutesGate,
  { minutes, t }: { minutes: Minutes; t: PaperTranslator },
): PaperFact[] => {
  const cast = votes.filter((vote) => vote.choice === choice);
  const called = (vote: MinutesGate['votes'][number]): string => {
    const voter = nameOf(minutes, vote.personId, t);
    const name = vote.onPaper ? t('papers.gates.onPaper', { name: voter }) : voter;
    return counts(vote) ? name : t('papers.gates.uncounted', { name });
  };
  const plain = cast.filter(({ reason }) => reason === undefined).map(called);
  const reasoned = cast.flatMap((vote) =>
    vote.reason === undefined ? [] : [`${called(vote)}: ${vote.reason}`],
  );
  const lines = [...(plain.length > 0 ? [plain.join(', ')] : []), ...reasoned];
  return [
    {
      name: t(`papers.gates.${choice}`, { count: cast.filter(counts).length }),
      value: lines.join('\n') || t('papers.none'),
    },
  ];
};

const decisionText = (
  { stage, outcome, decidedAt }: MinutesGate,
  { zone }: Minutes,
  t: PaperTranslator,
): string => {
  if (outcome === undefined || decidedAt === undefined) return t('papers.gates.open');
  // There is no next stage after the last.
  const decided = outcome === 'advanced' && stage === 'onboarding' ? 'closed' : outcome;
  return `${t.moment(decidedAt, zone)}: ${t(`papers.gates.outcome.${decided}`)}`;
};

const undoneFact = (
  { at, reason }: NonNullable<MinutesGate['undone']>,
  { zone }: Minutes,
  t: PaperTranslator,
): PaperFact => ({
  name: t('papers.gates.undone'),
  value: [`${t.moment(at, zone)}.`, ...(reason ? [t('papers.gates.reason', { reason })] : [])].join(' '),
  strong: true,
});

const departureBlocks = ({ departures }: MinutesGate, t: PaperTranslator): PaperBlock[] => {
  if (departures.length === 0) return [];
  return [
    { kind: 'text', text: t('papers.gates.departures'), strong: true },
    {
      kind: 'table',
      columns: [
        { title: t('papers.applications.number'), width: 'fit', align: 'start' },
        { title: t('papers.gates.departures.proposed'), width: 'fit', align: 'start' },
        { title: t('papers.gates.departures.decided'), width: 'fit', align: 'start' },
        { title: t('papers.gates.departures.reason'), width: 'rest', align: 'start' },
      ],
      rows: departures.map(({ number, proposed, decided, reason }) => [
        number,
        t(`papers.standing.${proposed}`),
        t(`papers.standing.${decided}`),
        reason ?? t('papers.none'),
      ]),
    },
  ];
};
