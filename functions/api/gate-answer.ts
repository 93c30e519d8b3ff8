import * as z from 'zod';
import { DepartureAnswer, departureAnswer } from '#functions/api/departures.ts';
import { type GateView } from '#functions/commands/gate-view.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { UploadFault } from '#shared/domain/application.ts';
import { GateOutcome, Meeting, VoteChoice } from '#shared/domain/gate.ts';
import { ApplicationNumber, DocumentId, GateId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import { stageEndsAt } from '#shared/domain/publication.ts';
import type { RecusedVote } from '#shared/domain/recusal.ts';
import { Stage } from '#shared/domain/stage.ts';
import { partThresholdsOf, Threshold, thresholdsOf } from '#shared/domain/threshold.ts';
import { Instant } from '#shared/domain/time.ts';
import { openIn, SeenList } from '#shared/domain/walls.ts';

export const GateAnswer = z.object({
  stage: Stage,
  gate: GateId.optional(),
  attempt: z.int().optional(),
  status: z.enum(['open', 'decided']).optional(),
  outcome: GateOutcome.optional(),
  openedAt: Instant.optional(),
  /** When the stage ends as the round file plans it; nothing ends then by itself. */
  plannedEnd: Instant.optional(),
  proposal: Sha256.optional(),
  /** What lies on the table; in the place of an application that is closed to the reader it says so, and nothing else. */
  list: SeenList.optional(),
  /** Where it decides otherwise than the points propose: what they do, by its reasons, and why the committee would not. */
  departures: z.array(DepartureAnswer),
  /** What other pass marks would do to what the reader sees of it; none where points do not decide. */
  thresholds: z.array(Threshold),
  /** Of each part that has a minimum, what another one would do: by its code, `interview` of the interview. */
  partThresholds: z.array(z.object({ code: z.string(), thresholds: z.array(Threshold) })),
  votes: z.array(
    z.object({
      memberId: PersonId,
      choice: VoteChoice,
      reason: z.string().optional(),
      at: Instant,
      scan: DocumentId.optional(),
      /** Whether it is in the tally: in older records seats could change under votes. */
      counts: z.boolean(),
    }),
  ),
  tally: z
    .object({ for: z.int(), against: z.int(), abstain: z.int(), needed: z.int(), carried: z.boolean() })
    .optional(),
  /** Applications of the list for which a vote does not count because of a conflict of interest, and how the others' stand on them. */
  recused: z.array(
    z.object({
      /** Without those that are closed to the reader. */
      applications: z.array(ApplicationNumber),
      count: z.int(),
      /** How many voters take no part; who, the secretary alone is told. */
      without: z.int(),
      members: z.array(PersonId).optional(),
      presiding: PersonId.optional(),
      for: z.int(),
      against: z.int(),
      abstain: z.int(),
      needed: z.int(),
      stands: z.enum(['carried', 'no-quorum', 'not-carried', 'stand-in-needed', 'substitute-due']),
      /** Whom the secretary, who alone is told, could call in as a substitute, and instead of whom. */
      callable: z.object({ substitutes: z.array(PersonId), insteadOf: z.array(PersonId) }).optional(),
    }),
  ),
  meetings: z.array(Meeting.omit({ reason: true }).extend({ reason: z.string().optional() })),
  scans: z.array(
    z.object({
      id: DocumentId,
      announcedAt: Instant,
      sha256: Sha256.optional(),
      refused: UploadFault.optional(),
    }),
  ),
  undoable: z.boolean(),
  /** Who chairs because the chair is away, and why. */
  absence: z.object({ at: Instant, standIn: PersonId, reason: z.string().optional() }).optional(),
});

export const gateAnswer = (view: GateView): z.input<typeof GateAnswer> => {
  const state = view.gate?.state;
  return {
    stage: view.round.state.stage,
    gate: state?.id,
    attempt: state?.attempt,
    status: state?.status,
    outcome: state?.status === 'decided' ? state.outcome : undefined,
    openedAt: state?.openedAt,
    plannedEnd: stageEndsAt(view.round.state, view.file),
    proposal: state?.proposal,
    list: view.proposal,
    departures: view.departures.map(departureAnswer),
    ...thresholdsIn(view),
    votes: votesIn(view),
    tally: view.tally,
    recused: view.recused.map((one) => recusedAnswer(view, one)),
    meetings: (state?.meetings ?? []).map(({ at, outcome, present }, index) => ({
      at,
      outcome,
      present,
      reason: view.meetingReasons[index],
    })),
    scans: state?.scans ?? [],
    undoable: view.undoable,
    absence: absenceIn(view),
  };
};

const thresholdsIn = ({ proposal, file }: GateView) => {
  if (!proposal) return { thresholds: [], partThresholds: [] };
  const open = { ...proposal, standings: openIn(proposal) };
  return { thresholds: thresholdsOf(open, file), partThresholds: partThresholdsOf(open, file) };
};

const absenceIn = ({ absence }: GateView): z.input<typeof GateAnswer>['absence'] =>
  absence && { at: absence.at, standIn: absence.standIn, reason: absence.reason };

const recusedAnswer = (
  view: GateView,
  { members, applications, presiding, tally, stands, callable }: RecusedVote,
): z.input<typeof GateAnswer>['recused'][number] => {
  const { for: yes, against, abstain, needed } = tally;
  const wall = wallIn(view);
  return {
    applications: applications.flatMap(({ applicationId, number }) => (wall(applicationId) ? [] : [number])),
    count: applications.length,
    without: members.length,
    ...(view.by.role === 'secretary' && {
      members: [...members],
      callable: { substitutes: [...callable.substitutes], insteadOf: [...callable.insteadOf] },
    }),
    ...(presiding && { presiding }),
    for: yes,
    against,
    abstain,
    needed,
    stands,
  };
};

const votesIn = ({ gate, seats, voteReasons }: GateView): z.input<typeof GateAnswer>['votes'] =>
  (gate?.state.votes ?? []).map(({ memberId, choice, at, scan }) => ({
    memberId,
    choice,
    at,
    scan,
    reason: voteReasons.get(memberId),
    counts: seats.some(({ personId, votes }) => votes && personId === memberId),
  }));
