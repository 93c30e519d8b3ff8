import { barredAtWork } from '#functions/commands/conflict-effects.ts';
import { everyOf } from '#functions/commands/every.ts';
import type { Compose } from '#functions/commands/proposals/proposal.ts';
import { leftAmong } from '#functions/commands/same-iin.ts';
import { screenedNow } from '#functions/commands/screening-preparation.ts';
import { applicationsIn, referencesShown } from '#functions/commands/selection.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { inquirySettled } from '#shared/domain/inquiry.ts';
import { redactionAggregate, redactionsOf } from '#shared/domain/redaction.ts';
import { holdsScoring, originalsOf, unsettled } from '#shared/domain/redaction-decisions.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { awaitsScanner, refusalReasons, verdictOf } from '#shared/domain/screening.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { hasOpenTies } from '#shared/domain/ties.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, refuse } from '#shared/result.ts';

/**
 * Who is admitted and who is not, and by which rules. Every submitted application is in it, so nobody is left out unseen. Refused as
 * `ties-open` while nobody has looked through what applicants wrote of the committee: raters are found next; and as `scans-awaited`
 * while a document of somebody whom the program would admit waits for the scanner.
 */
export const screeningProposal: Compose = async (
  { records, clock, asNoted },
  { round, file, committee, by },
) => {
  const { id: roundId, stage } = round.state;
  const { screened: all, part } = await screenedNow(records, roundId, asNoted ? undefined : file);
  // Who withdrew at the very moment of being opened is known by the application alone.
  const gone = (one: Candidacy): boolean => one.withdrawnAt !== undefined || !part.has(one.applicationId);
  const opened = new Set(all.map(({ applicationId }) => applicationId));
  const unopened = [...part].filter((id) => !opened.has(id)).length;
  for (const one of all) {
    const settled = gone(one) ? ok(undefined) : inquirySettled(one, file, clock.now());
    if (!settled.ok) return settled;
  }
  const ties = all.filter((one) => !gone(one) && hasOpenTies(committee.state, one));
  if (ties.length > 0) {
    // Who wrote of the committee is for the secretary alone.
    const numbers = by.role === 'secretary' && { numbers: ties.map(({ number }) => number) };
    return refuse({ kind: 'ties-open', remaining: ties.length, ...numbers });
  }
  const open = all.filter((one) => !gone(one) && verdictOf(one) === undefined);
  const unscanned = open.filter(awaitsScanner);
  const undecided = open.filter((one) => !unscanned.includes(one));
  const unconfirmed = undecided.filter(({ judgement }) => judgement?.awaits && !judgement.outdated).length;
  const anew = all.filter(
    (one) => !undecided.includes(one) && barredAtWork(stage, committee.state, one).length > 0,
  ).length;
  const remaining = unopened + undecided.length - unconfirmed + anew;
  if (remaining > 0) return refuse({ kind: 'unfinished-work', remaining });
  if (unconfirmed > 0) return refuse({ kind: 'confirmations-needed', remaining: unconfirmed });
  if (unscanned.length > 0) {
    const awaited = new Set(
      unscanned.flatMap(({ screened }) => screened.waiting ?? []).map((one) => one.requirement),
    );
    const documents = file.documents.flatMap(({ code, title }) => (awaited.has(code) ? [title] : []));
    return refuse({ kind: 'scans-awaited', remaining: unscanned.length, documents });
  }
  const admitted = all.filter((one) => !gone(one) && verdictOf(one) === 'admitted');
  const lacking = holdsScoring(file) ? await copiesLacking(records, admitted, file) : 0;
  if (lacking > 0) return refuse({ kind: 'copies-needed', remaining: lacking });
  const left = await leftAmong(
    records,
    all.flatMap((one) => (verdictOf(one) === 'refused' ? one.screened.sameIin : [])),
  );
  return ok({
    roundId,
    stage,
    standings: all.map((one) => (gone(one) ? withdrawn(one) : standingOf(one, { file, left }))),
  });
};

/**
 * Copies for raters that are neither released nor withheld, of applications that would be scored without names. Lists may lag by a
 * moment: one released just now is waited for, and of one taken back just now raters see nothing.
 */
const copiesLacking = async (
  records: Pick<Records, 'list' | 'find'>,
  admitted: readonly Candidacy[],
  file: RoundFile,
): Promise<number> => {
  const [first] = admitted;
  if (!first) return 0;
  const [applications, redactions] = await Promise.all([
    applicationsIn(records, first.roundId),
    everyOf(records, redactionAggregate, redactionsOf(first.roundId)),
  ]);
  const references = await referencesShown(records, file, admitted);
  const application = new Map(applications.map(({ state }) => [state.id, state]));
  const redaction = new Map(redactions.map(({ state }) => [state.applicationId, state]));
  const lacking = admitted.map((candidacy) => {
    const { applicationId: id } = candidacy;
    return unsettled(originalsOf(file, candidacy, application.get(id), references.get(id)), redaction.get(id))
      .length;
  });
  return lacking.reduce((sum, one) => sum + one, 0);
};

type Reasoning = { file: RoundFile; left: ReadonlySet<ApplicationNumber> };

const standingOf = (candidacy: Candidacy, { file, left }: Reasoning): Standing => {
  const { applicationId, number } = candidacy;
  const admitted = verdictOf(candidacy) === 'admitted';
  return {
    applicationId,
    number,
    outcome: admitted ? 'goes-on' : 'stops',
    reasons: admitted ? [] : refusalReasons(candidacy, file, left),
  };
};

const withdrawn = ({ applicationId, number }: Candidacy): Standing => ({
  applicationId,
  number,
  outcome: 'stops',
  reasons: ['withdrawn'],
});
