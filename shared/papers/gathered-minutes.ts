import type { Publication } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Gathered } from './gathered.ts';
import { gatheredAgreement, gatheredInterviewAgreement } from './gathered-agreement.ts';
import { gatheredConflicts } from './gathered-conflicts.ts';
import { gatheredCrossed } from './gathered-crossed.ts';
import { gatheredDraw } from './gathered-draw.ts';
import { gatheredGates } from './gathered-gates.ts';
import { gatheredGuests } from './gathered-guests.ts';
import { gatheredMarks } from './gathered-marks.ts';
import { gatheredOffering } from './gathered-offering.ts';
import {
  gatheredApplications,
  gatheredExchange,
  gatheredOffers,
  gatheredPlacements,
  gatheredPosts,
} from './gathered-outcomes.ts';
import { gatheredSeats } from './gathered-seats.ts';
import { Minutes } from './minutes.ts';
import { gatheredClaims } from './minutes-claims.ts';
import { gatheredCorrections } from './minutes-corrections.ts';
import { gatheredLetting } from './minutes-letting.ts';
import { gatheredReleases } from './minutes-releases.ts';
import { gatheredRemedies } from './minutes-remedies.ts';
import { gatheredReports } from './minutes-reports.ts';
import { unverifiedRules } from './unverified-rules.ts';

/**
 * The minutes of a closed round from what the record holds. The same record gives the same minutes, in the same order.
 * @throws when they name somebody who never had a seat, or no committee ever sat
 */
export const gatheredMinutes = (gathered: Gathered, number: number, madeAt: Instant): Minutes => {
  const { round, file } = gathered;
  return Minutes.parse({
    kind: 'minutes',
    schemaVersion: 1,
    region: round.region,
    roundId: round.id,
    intake: file.intake,
    title: file.title,
    number,
    madeAt,
    zone: file.timeZone,
    roundFile: round.plan.file,
    register: round.register.sha256,
    ...gatheredMarks(gathered),
    ...gatheredDraw(gathered),
    ...(round.publications && { published: round.publications.map(publishedOf) }),
    seats: gatheredSeats(gathered),
    ...gatheredGuests(gathered),
    conflicts: gatheredConflicts(gathered),
    gates: gatheredGates(gathered),
    ...gatheredAgreement(gathered),
    ...gatheredInterviewAgreement(gathered),
    applications: gatheredApplications(gathered),
    offers: gatheredOffers(gathered),
    offering: gatheredOffering(gathered),
    posts: gatheredPosts(gathered),
    ...gatheredRemedies(gathered),
    ...gatheredExchange(gathered),
    ...gatheredCrossed(gathered.elsewhere),
    claims: gatheredClaims(gathered),
    ...gatheredCorrections(gathered),
    ...gatheredReports(gathered),
    ...gatheredReleases(gathered),
    ...gatheredLetting(gathered),
    placements: gatheredPlacements(gathered),
    unverified: unverifiedRules(file),
  } satisfies Minutes);
};

const publishedOf = ({
  stage,
  root,
  bundle,
  key,
  edition,
}: Publication): NonNullable<Minutes['published']>[number] => ({
  stage,
  root,
  bundle,
  key,
  ...(edition !== undefined && { edition }),
});
