import { committeeAggregate } from '#shared/domain/committee.ts';
import { fold } from '#shared/domain/event.ts';
import { scoreBy } from '#shared/domain/scoring.ts';
import type { Gathered } from './gathered.ts';
import type { Minutes, MinutesGuest } from './minutes.ts';

/** Raters of other regions who came, in the order of their invitations. */
export const gatheredGuests = ({
  committee,
  names,
  candidacies,
  passports,
  round,
}: Pick<Gathered, 'committee' | 'names' | 'candidacies' | 'passports'> & {
  round: Pick<Gathered['round'], 'endedAt'>;
}): Pick<Minutes, 'guests'> => {
  const invited = fold(committeeAggregate, committee)?.guests ?? [];
  const guests = invited.flatMap(({ joined, region, until, endedAt }): MinutesGuest[] => {
    if (!joined) return [];
    const { personId, at: from } = joined;
    const name = names.get(personId);
    const own = candidacies.filter(({ raters }) => raters.includes(personId));
    const scored = own.filter((one) => scoreBy(one, personId)).length;
    const to = [endedAt ?? until, round.endedAt].toSorted()[0] ?? until;
    const certificates = passports.find((one) => one.personId === personId)?.certificates ?? [];
    const certified = certificates.length > 0 && { certified: certificates.map(({ at }) => ({ at })) };
    const rated = { asked: own.length, scored, ...certified };
    return [{ personId, ...(name && { name }), region, from, to, ...rated }];
  });
  return guests.length > 0 ? { guests } : {};
};
